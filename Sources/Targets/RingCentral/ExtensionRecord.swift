import ImportModel
import JSON

extension AccountExtension {
  /// Reads an extension as the platform lists it; `nil` when it has no id.
  ///
  /// Whatever else is missing is empty, and kinds and statuses that nobody documented are kept.
  init?(record: JSONValue) {
    guard let id = Self.id(record["id"]) else { return nil }
    let contact = record["contact"]
    let names = [contact?["firstName"]?.string, contact?["lastName"]?.string]
    self.init(
      id: id,
      number: Self.text(record["extensionNumber"]),
      type: Self.text(record["type"]),
      status: Self.text(record["status"]),
      name: record["name"]?.string
        ?? names.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " "),
      email: Self.text(contact?["email"]),
      site: record["site"]?["name"]?.string ?? Self.text(record["site"]?["id"])
    )
  }

  /// A number, which some resources write as a string.
  private static func id(_ value: JSONValue?) -> UInt64? {
    switch value {
    case .number(let text), .string(let text): UInt64(text)
    default: nil
    }
  }

  private static func text(_ value: JSONValue?) -> String {
    switch value {
    case .number(let text), .string(let text): text
    default: ""
    }
  }
}
