import Bytes
import ImportModel
import Readers
import Reports
import Rows

/// Writes rows as JSON, one object a line; the same input gives the same bytes.
///
///     {"header":["...","..."]}
///     {"row":2,"line":2,"fields":["...","..."]}
///     {"row":1,"line":3,"fields":{"@id":"...","contact/email":"..."},"damage":"xml_field_repeated"}
struct RowLines {
  private let input: OpenInput
  private let result: ResultText
  private let isCSV: Bool
  /// `"file":"...",` where there are several inputs, else nothing.
  private let filePart: [UInt8]
  /// `"contact/email":` for each column met so far; only in XML.
  private var keys: [[UInt8]] = []

  /// Makes lines for an input.
  ///
  /// - Parameters:
  ///   - input: the input that the rows are of.
  ///   - isNamed: whether each line says which input it is of.
  ///   - result: where the lines go.
  init(of input: OpenInput, named isNamed: Bool, to result: ResultText) {
    self.input = input
    self.result = result
    isCSV = input.format == .csv
    filePart = isNamed ? Self.jsonKey("file") + Self.json(input.name) + Array(",".utf8) : []
  }

  /// Adds the names of the columns, where the input has a header.
  func appendHeader() {
    guard isCSV, input.hasHeader else { return }
    result.bytes.append("{")
    result.bytes.append(filePart)
    result.bytes.append("\"header\":[")
    for (place, name) in input.reader.columns.enumerated() {
      if place > 0 { result.bytes.append(",") }
      result.bytes.append(json: name)
    }
    result.bytes.append("]}\n")
  }

  /// Adds a row of a batch.
  mutating func append(_ row: Int, of batch: borrowing RowBatch) {
    let head = batch.rows[row]
    result.bytes.append("{")
    result.bytes.append(filePart)
    result.bytes.append("\"row\":")
    result.bytes.append(decimal: UInt64(head.position.row))
    result.bytes.append(",\"line\":")
    result.bytes.append(decimal: UInt64(head.position.line))
    result.bytes.append(",\"fields\":")
    if isCSV { appendList(row, of: batch) } else { appendObject(row, of: batch) }
    if let damage = head.damage {
      result.bytes.append(",\"damage\":\"")
      result.bytes.append(text: damage.entry.name)
      result.bytes.append("\"")
    }
    result.bytes.append("}\n")
  }

  private func appendList(_ row: Int, of batch: borrowing RowBatch) {
    result.bytes.append("[")
    for column in 0..<Int(batch.rows[row].fieldCount) {
      if column > 0 { result.bytes.append(",") }
      result.bytes.append(json: batch.value(ofColumn: column, row: row))
    }
    result.bytes.append("]")
  }

  private mutating func appendObject(_ row: Int, of batch: borrowing RowBatch) {
    result.bytes.append("{")
    var isFirst = true
    for column in 0..<Int(batch.rows[row].fieldCount) {
      if batch.range(ofColumn: column, row: row).isAbsent { continue }
      if !isFirst { result.bytes.append(",") }
      isFirst = false
      result.bytes.append(key(ofColumn: column))
      result.bytes.append(json: batch.value(ofColumn: column, row: row))
    }
    result.bytes.append("}")
  }

  private mutating func key(ofColumn column: Int) -> [UInt8] {
    if column >= keys.count { keys = input.reader.columns.map { Self.jsonKey($0) } }
    return keys[column]
  }

  private static func jsonKey(_ name: String) -> [UInt8] { json(name) + Array(":".utf8) }

  private static func json(_ text: String) -> [UInt8] {
    var bytes = ByteBuffer()
    bytes.append(json: text)
    return (0..<bytes.count).map { bytes[$0] }
  }
}
