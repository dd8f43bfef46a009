import Bytes
import Harness
import ImportModel
import Readers
import Rows
import Support

/// The XML reader: the same rows, columns and remarks, and refused or not, however the bytes come;
/// each row again when it is fetched; each row's bytes an element.
///
/// Settings: record path and limits; bytes in a piece; where the input is split; the limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  let path = [["user"], ["users", "user"], ["**", "users", "user"], ["a"]][input[0] & 3]
  let isTight = input.has(2, of: 0)
  var contract = RowReaderContract { source in
    XMLReader(
      source: source,
      recordPath: path,
      tellsOthers: input.has(3, of: 0),
      maximumFieldByteCount: isTight ? 1 + input[3] & 0x0F : 1 << 20,
      maximumRowByteCount: isTight ? 16 + input[3] : 1 << 20
    )
  }
  contract.tellsErrorsApart = false
  let violations = contract.violations(
    of: input.body,
    reading: [.pieces(of: 1 + input[1]), .split(at: max(1, input.place(2)))],
    rereading: [.pieces(of: 1 + input[1])]
  )
  require(violations.isEmpty, "\(violations)")
  for row in contract.result(of: input.body).rows {
    let start = Int(row.position.offset)
    let record = input.body[start..<start + Int(row.byteCount)]
    require(record.first == UInt8(ascii: "<") && record.last == UInt8(ascii: ">"), "\(row)")
  }
  return 0
}
