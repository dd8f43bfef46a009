import Bytes
import ImportModel

/// The first values of an input's columns, by which columns are told apart that names leave open.
package struct ColumnSamples: Sendable {
  /// Rows that are looked at.
  package static let maximumRowCount = 50

  /// The rows, each with the trimmed beginnings of its values.
  package private(set) var rows: [[String]]

  /// Samples nothing.
  package init() { rows = [] }

  /// Takes rows of trimmed values.
  package init(rows: [[String]]) { self.rows = Array(rows.prefix(Self.maximumRowCount)) }

  /// Takes the first rows of a batch.
  package init(_ batch: borrowing RowBatch) {
    rows = []
    for row in 0..<min(batch.count, Self.maximumRowCount) {
      rows.append(Self.values(ofRow: row, in: batch))
    }
  }

  /// The trimmed beginnings of a row's values; empty for a field that the row does not have.
  package static func values(ofRow row: Int, in batch: borrowing RowBatch) -> [String] {
    var values: [String] = []
    for column in 0..<Int(batch.rows[row].fieldCount) {
      let value = batch.value(ofColumn: column, row: row)
      var start = 0
      var end = value.count
      while start < end, isSpace(value[start]) { start += 1 }
      while end > start, isSpace(value[end - 1]) { end -= 1 }
      values.append(String(utf8: value.extracting(start..<min(end, start + 200))))
    }
    return values
  }

  /// The values of a column that are not empty.
  func values(ofColumn column: Int) -> [String] {
    rows.compactMap { row in
      guard column < row.count, !row[column].isEmpty else { return nil }
      return row[column]
    }
  }

  /// Whether any value of a column is an ObjectId.
  package func holdObjectIDs(inColumn column: Int) -> Bool {
    values(ofColumn: column).contains { Self.isObjectID($0) }
  }

  /// Whether a column that is only called `id` holds ids of users.
  ///
  /// Where the other columns describe extensions, a damaged number is no ObjectId, and neither are
  /// digits alone.
  func holdUserIDs(inColumn column: Int, besideExtensions: Bool) -> Bool {
    let values = values(ofColumn: column)
    let numberCount = values.count { Self.isNumber($0) }
    if besideExtensions {
      return values.count { Self.isObjectID($0) && !Self.isDigits($0) } > numberCount
    }
    return numberCount == 0 || values.contains { Self.isObjectID($0) || Self.isDamagedObjectID($0) }
  }

  /// Whether a column looks like one of extensions: three values at least, all different, of 2 to 8 digits.
  ///
  /// Longer ones are phone numbers.
  func holdExtensions(inColumn column: Int) -> Bool {
    let values = values(ofColumn: column)
    return values.count >= 3 && Set(values).count == values.count
      && values.allSatisfy { (2...8).contains($0.utf8.count) && Self.isDigits($0) }
  }

  /// Whether the id column holds extensions and the extension column ids, in three rows at least
  /// and in every row that has both.
  func areSwapped(id: Int, extensionNumber: Int) -> Bool {
    var swapped = 0
    for row in rows where id < row.count && extensionNumber < row.count {
      guard !row[id].isEmpty, !row[extensionNumber].isEmpty else { continue }
      guard ExtensionNumber(row[id]) != nil, Self.isObjectID(row[extensionNumber]) else {
        return false
      }
      swapped += 1
    }
    return swapped >= 3
  }

  /// Whether a value is an ObjectId, bare or as mongoexport wraps it.
  package static func isObjectID(_ value: String) -> Bool {
    var bytes = Array(value.utf8)[...]
    if bytes.count > 24 {
      let wrappers = [
        ("ObjectId(\"", "\")"), ("ObjectId('", "')"), ("ObjectId(", ")"), ("{\"$oid\":\"", "\"}"),
        ("{\"$oid\": \"", "\"}"),
      ]
      let wrapper = wrappers.first { value.hasPrefix($0.0) && value.hasSuffix($0.1) }
      guard let wrapper, bytes.count == 24 + wrapper.0.utf8.count + wrapper.1.utf8.count else {
        return false
      }
      bytes = bytes.dropFirst(wrapper.0.utf8.count).prefix(24)
    }
    return ObjectID(Array(bytes).span) != nil
  }

  /// Whether a value is a whole number of up to 19 digits, as RingCentral's ids are.
  static func isNumber(_ value: String) -> Bool {
    (1...19).contains(value.utf8.count) && isDigits(value)
  }

  private static func isDigits(_ value: String) -> Bool {
    value.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  /// Whether a value was an ObjectId before a spreadsheet took it for a number: `6.4E+23`, whose
  /// exponent is beyond RingCentral's ids.
  private static func isDamagedObjectID(_ value: String) -> Bool {
    let parts = value.lowercased().split(separator: "e+", maxSplits: 1)
    guard parts.count == 2, let exponent = Int(parts[1]), exponent >= 19 else { return false }
    return !parts[0].isEmpty
      && parts[0].utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E || $0 == 0x2C }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }
}
