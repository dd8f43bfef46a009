import Bytes
import Harness
import ImportModel
import Readers
import Rows
import Support

/// The XML reader: the same rows, columns and remarks, and refused or not, however the bytes come;
/// each row again when it is fetched; each row's bytes an element.
///
/// What is read without libxml2, because its markup is known, is what libxml2 makes of it. In
/// documents as small as these, markup is known only when they come in pieces, such as the first
/// record and the rest.
///
/// Settings: record path and limits; bytes in a piece; where the input is split; the limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  let path = [["user"], ["users", "user"], ["**", "users", "user"], ["a"]][input[0] & 3]
  let isTight = input.has(2, of: 0)
  func contract(knowsRecords: Bool) -> RowReaderContract {
    var contract = RowReaderContract { source in
      XMLReader(
        source: source,
        recordPath: path,
        tellsOthers: input.has(3, of: 0),
        knowsRecords: knowsRecords,
        maximumFieldByteCount: isTight ? 1 + input[3] & 0x0F : 1 << 20,
        maximumRowByteCount: isTight ? 16 + input[3] : 1 << 20
      )
    }
    contract.tellsErrorsApart = false
    return contract
  }
  let parsed = contract(knowsRecords: false).result(of: input.body)
  var cuttings: [MemorySource.Cutting] = [
    .pieces(of: 1 + input[1]), .split(at: max(1, input.place(2))),
  ]
  if let first = parsed.rows.first {
    cuttings.append(.split(at: Int(first.position.offset + first.byteCount)))
  }
  let knowing = contract(knowsRecords: true)
  let violations = knowing.violations(
    of: input.body,
    reading: cuttings,
    rereading: [.pieces(of: 1 + input[1]), cuttings[cuttings.count - 1]]
  )
  require(violations.isEmpty, "\(violations)")
  let whole = knowing.result(of: input.body)
  require(whole == parsed, "\(whole) instead of \(parsed)")
  for row in parsed.rows {
    let start = Int(row.position.offset)
    let record = input.body[start..<start + Int(row.byteCount)]
    require(record.first == UInt8(ascii: "<") && record.last == UInt8(ascii: ">"), "\(row)")
  }
  return 0
}
