import Bytes
import Harness
import ImportModel
import Readers
import Rows
import Support

/// The CSV reader: the same rows however the bytes come and however they are scanned, nothing lost,
/// and in the plain case the rows of the model; as users, the same plan whether the reader tells sound
/// rows or all are checked.
///
/// Settings: dialect, width and limits; bytes in a piece; where the input is split; the limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  let reading = CSVReading(input)
  let contract = RowReaderContract { source in reading.reader(of: source, scan: .vector) }
  let violations = contract.violations(
    of: input.body,
    reading: [.pieces(of: 1 + input[1]), .split(at: max(1, input.place(2)))],
    rereading: [.pieces(of: 1 + input[1])]
  )
  require(violations.isEmpty, "\(violations)")
  let result = contract.result(of: input.body)
  let plain = RowReaderContract { source in reading.reader(of: source, scan: .plain) }
  require(plain.result(of: input.body) == result, "scanning byte by byte gives other rows")
  reading.requireNothingLost(result.rows, of: input.body)
  reading.requireModel(result.rows, of: input.body)
  requireScan(of: input.body, delimiter: reading.delimiter)
  reading.requireSoundRows(of: input)
  return 0
}

/// How an input is read.
struct CSVReading {
  let delimiter: UInt8
  let width: Int?
  let header: [String]?
  private let maximumField: Int
  private let maximumRow: Int

  init(_ input: FuzzInput) {
    delimiter = Array(",;\t|".utf8)[input[0] & 3]
    width = [nil, 2, 3, 2][input[0] >> 2 & 3]
    header = input[0] >> 2 & 3 == 3 ? ["a", "b"] : nil
    let isTight = input.has(4, of: 0)
    maximumRow = isTight ? 1 + input[3] & 0x3F : 1 << 20
    maximumField = isTight ? 1 + (input[3] >> 4) * 3 : 1 << 20
  }

  func reader(
    of source: any TextSource,
    scan: CSVReader.Scan,
    columns: [String]? = nil
  ) -> CSVReader {
    CSVReader(
      source: source,
      dialect: CSVDialect(delimiter: delimiter),
      columns: columns ?? header ?? [],
      start: Position(row: 1, line: 1, offset: source.textStart),
      expectedWidth: width,
      repeatedHeader: header,
      maximumFieldByteCount: maximumField,
      maximumRowByteCount: maximumRow,
      scan: scan
    )
  }

  /// What lies between rows is blank, a comment or the header again.
  func requireNothingLost(_ rows: [ReadRow], of bytes: [UInt8]) {
    var reached = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for row in rows {
      let start = Int(row.position.offset)
      requireSkippable(bytes[reached..<start])
      reached = start + Int(row.byteCount)
    }
    requireSkippable(bytes[reached...])
  }

  private func requireSkippable(_ bytes: ArraySlice<UInt8>) {
    for record in CSVModel(Array(bytes), delimiter: delimiter).records {
      let isBlank = record.fields.allSatisfy { $0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
      let isComment = width != nil && bytes[bytes.startIndex + record.offset] == UInt8(ascii: "#")
      require(
        isBlank || isComment || isHeader(record.fields),
        "something is lost: \(record) in \(bytes)"
      )
    }
  }

  private func isHeader(_ fields: [[UInt8]]) -> Bool {
    // Empty fields beyond the width mean nothing.
    guard let header, fields.count >= header.count,
      fields[header.count...].allSatisfy({ $0.allSatisfy { $0 == 0x20 || $0 == 0x09 } })
    else { return false }
    return zip(fields, header).allSatisfy { field, name in
      // A mark in front of a quote makes it a stray one to the model.
      field.filter { $0 < 0x80 && $0 != 0x22 } == Array(name.utf8)
    }
  }

  /// Without width and limits the rows are the model's, blank ones apart.
  func requireModel(_ rows: [ReadRow], of bytes: [UInt8]) {
    guard width == nil, maximumRow == 1 << 20, !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
      return
    }
    let records = CSVModel(bytes, delimiter: delimiter).records.filter { record in
      record.damage != nil
        || !record.fields.allSatisfy { $0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
    }
    require(rows.count == records.count, "\(rows.count) rows, not \(records.count)")
    for (row, record) in zip(rows, records) {
      require(
        row.position.offset == UInt64(record.offset) && row.byteCount == UInt64(record.byteCount)
          && row.lineCount == UInt32(record.lineCount) && row.fields == record.fields
          && row.damage == record.damage,
        "\(row), not \(record)"
      )
    }
  }
}

/// The vector scan finds what the plain one finds, at every place of the input.
func requireScan(of bytes: [UInt8], delimiter: UInt8) {
  guard bytes.count >= BlockScan.blockSize else { return }
  for place in 0...min(64, bytes.count - BlockScan.blockSize) {
    let fast = BlockScan.masks(of: bytes.span, at: place, delimiter: delimiter, quote: 0x22)
    let plain = BlockScan.plainMasks(of: bytes.span, at: place, delimiter: delimiter, quote: 0x22)
    require(fast == plain, "block at \(place): \(fast), not \(plain)")
  }
}
