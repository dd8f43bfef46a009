import Bytes
import ImportModel
import JSON

/// Turns RingCentral's own list of extensions into the extensions export that it would be as CSV.
///
/// Taken are the answer of `GET /restapi/v1.0/account/~/extension` (an object with `records`), an array
/// of such answers, and an array of records. Of a record only the id is always there.
enum JSONExtensions {
  /// The most bytes of a list: it has to fit in memory, and 100,000 extensions take a third of it.
  static let maximumByteCount = 256 << 20

  /// Fields that a record gives, in the order of the columns; the names are those of the header.
  private static let columns = [
    "id", "extensionNumber", "name", "type", "status", "email", "site",
  ]

  /// The list as CSV with a header.
  ///
  /// - Returns: `nil` when the text is other JSON, or none.
  static func csv(from text: Span<UInt8>) -> ByteBuffer? {
    guard let value = try? JSONParser.parse(text), let records = records(in: value) else {
      return nil
    }
    var csv = ByteBuffer(minimumCapacity: records.count * 128)
    append(columns, to: &csv)
    for record in records { append(fields(of: record), to: &csv) }
    return csv
  }

  /// The records of a list, or of several; `nil` when a value is no record.
  private static func records(in value: JSONValue) -> [JSONValue]? {
    if let records = value["records"]?.array {
      return records.allSatisfy(isRecord) ? records : nil
    }
    guard let elements = value.array, !elements.isEmpty else { return nil }
    if elements.allSatisfy(isRecord) { return elements }
    var all: [JSONValue] = []
    for element in elements {
      guard element["records"] != nil, let records = records(in: element) else { return nil }
      all += records
    }
    return all
  }

  private static func isRecord(_ value: JSONValue) -> Bool {
    !text(value["id"]).isEmpty && (value["status"] != nil || value["extensionNumber"] != nil)
  }

  private static func fields(of record: JSONValue) -> [String] {
    let contact = record["contact"]
    let name = text(record["name"])
    let parts = [text(contact?["firstName"]), text(contact?["lastName"])].filter { !$0.isEmpty }
    return [
      text(record["id"]),
      text(record["extensionNumber"]),
      name.isEmpty ? parts.joined(separator: " ") : name,
      text(record["type"]),
      text(record["status"]),
      text(contact?["email"]),
      text(record["site"]?["name"]),
    ]
  }

  /// A string or number as it is written; ids are both, by where they stand.
  private static func text(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text), .number(let text): text
    case nil, .null, .bool, .array, .object: ""
    }
  }

  private static func append(_ fields: [String], to csv: inout ByteBuffer) {
    for (place, field) in fields.enumerated() {
      if place > 0 { csv.append(",") }
      csv.append("\"")
      csv.append(
        text: field.split(separator: "\"", omittingEmptySubsequences: false)
          .joined(separator: "\"\"")
      )
      csv.append("\"")
    }
    csv.append("\n")
  }
}
