import Bytes
import ImportModel
import Rows

/// Writes records as CSV or XML that the program reads back as they were.
struct RecordWriter {
  private let format: ReadingOptions.Format
  private let kind: InputKind
  private let columns: [String]
  private let result: ResultText

  /// Values that XML could not carry as they were.
  private(set) var changedValueCount = 0

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - format: how records are written.
  ///   - kind: what they describe.
  ///   - columns: the names of their values, in order.
  ///   - result: where they go.
  init(
    _ format: ReadingOptions.Format,
    of kind: InputKind,
    columns: [String],
    to result: ResultText
  ) {
    self.format = format
    self.kind = kind
    self.columns = columns
    self.result = result
  }

  /// Writes what stands before the first record.
  func begin() {
    switch format {
    case .csv:
      appendLine(columns)
    case .xml:
      result.bytes.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
      result.bytes.append(text: "<\(kind.elements.root)>\n")
    }
  }

  /// Writes a record, with a value for each column.
  mutating func append(_ values: [String]) {
    switch format {
    case .csv: appendLine(values)
    case .xml: appendElement(values)
    }
  }

  /// Writes what stands after the last record.
  func end() {
    if format == .xml { result.bytes.append(text: "</\(kind.elements.root)>\n") }
  }

  // MARK: - CSV

  private func appendLine(_ values: [String]) {
    for (place, value) in values.enumerated() {
      if place > 0 { result.bytes.append(",") }
      appendCell(value)
    }
    result.bytes.append("\n")
  }

  /// Adds a field as RFC 4180 has it.
  ///
  /// Spaces at the ends are quoted too, since some readers take them off otherwise.
  private func appendCell(_ value: String) {
    let needsQuotes =
      value.utf8.first == 0x20 || value.utf8.last == 0x20
      || value.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard needsQuotes else { return result.bytes.append(text: value) }
    result.bytes.append("\"")
    for byte in value.utf8 {
      if byte == 0x22 { result.bytes.append(byte) }
      result.bytes.append(byte)
    }
    result.bytes.append("\"")
  }

  // MARK: - XML

  private mutating func appendElement(_ values: [String]) {
    let name = kind.elements.record
    result.bytes.append(text: "  <\(name)>")
    for (column, value) in zip(columns, values) {
      result.bytes.append(text: "<\(column)>")
      appendText(value)
      result.bytes.append(text: "</\(column)>")
    }
    result.bytes.append(text: "</\(name)>\n")
  }

  private mutating func appendText(_ value: String) {
    var isChanged = false
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": result.bytes.append("&amp;")
      case "<": result.bytes.append("&lt;")
      case ">": result.bytes.append("&gt;")
      // As it stands a parser would take it for the end of a line.
      case "\r": result.bytes.append("&#13;")
      case "\t", "\n": result.bytes.append(UInt8(scalar.value))
      // Not allowed in XML in any form (XML 1.0, section 2.2).
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}":
        isChanged = true
        result.bytes.append(text: "\u{FFFD}")
      default:
        result.bytes.append(text: String(scalar))
      }
    }
    if isChanged { changedValueCount += 1 }
  }
}
