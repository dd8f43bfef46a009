import Foundation
import Support

/// One line of the row report, as text and as what it says.
struct ReportLine {
  let text: String
  let value: JSONValue

  init(_ text: String) throws {
    self.text = text
    value = try JSONValue(parsing: text)
  }

  var row: Int? { number("row") }
  var line: Int? { number("line") }
  var status: Int? { number("status") }
  var file: String? { value["file"]?.text }
  var userID: String? { value["userId"]?.text }
  var rcExtension: String? { value["rcExtension"]?.text }
  var outcome: String? { value["outcome"]?.text }
  var previous: String? { value["previous"]?.text }
  var message: String? { value["message"]?.text }
  var errorCode: String? { value["error"]?["code"]?.text }
  var errorMessage: String? { value["error"]?["message"]?.text }

  var reasons: [JSONValue] { value["reasons"]?.elements ?? [] }
  /// The codes of the reasons, in order.
  var codes: [String] { reasons.compactMap { $0["code"]?.text } }

  /// The reason with a code, or `nil`.
  func reason(_ code: String) -> JSONValue? { reasons.first { $0["code"]?.text == code } }

  /// What the schema of a line has against this one.
  var schemaProblems: [String] {
    get throws { try ReportSchema.line.problems(in: value) }
  }

  private func number(_ key: String) -> Int? {
    guard case .number(let number) = value[key] else { return nil }
    return Int(exactly: number)
  }

  /// The keys of the object in the order in which they stand.
  var keys: [String] {
    var keys: [String] = []
    var depth = 0
    var string: [UInt8]?
    var last: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if let current = string {
        if isEscaped || byte != UInt8(ascii: "\"") {
          string = current + [byte]
          isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        } else {
          last = current
          string = nil
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): string = []
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":") where depth == 1: keys.append(String(decoding: last, as: UTF8.self))
      default: break
      }
    }
    return keys
  }
}

/// The schemas that are shipped, read from where they stand.
enum ReportSchema {
  static var line: JSONSchema { get throws { try schema("report-line") } }
  static var summary: JSONSchema { get throws { try schema("summary") } }

  private static func schema(_ name: String) throws -> JSONSchema {
    let file = Binary.checkout.appending(path: "Sources/Reports/Schema/\(name).schema.json")
    return try JSONSchema(parsing: String(contentsOf: file, encoding: .utf8))
  }
}
