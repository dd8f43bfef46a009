import JSON

/// An error as the platform tells it.
///
///     {"errors":[{"errorCode":"CMN-101","message":"...","parameterName":"extensionNumber"}]}
///     {"errorCode":"InvalidParameter","message":"...","parameterName":"...","errors":[...]}
///     {"error":"invalid_grant","error_description":"...","errors":[...]}
///
/// The first form is the present one, the second an old one that is still met, the third that of the
/// token endpoint (RFC 6749, section 5.2).
struct PlatformProblem: Hashable, Sendable {
  /// Such as `CMN-101`; text for people may be in any language, and is never looked at.
  let code: String
  let message: String
  /// What it is about, such as `contact.email`.
  let parameter: String?
  /// The word of RFC 6749, if it is an error about a token.
  let grantError: String?

  /// Reads it; `nil` for a value that has none of these forms.
  init?(_ value: JSONValue) {
    let first = value["errors"]?.array?.first
    let grantError = value["error"]?.string
    guard let code = first?["errorCode"]?.string ?? value["errorCode"]?.string ?? grantError else {
      return nil
    }
    self.code = code
    self.grantError = grantError
    message =
      first?["message"]?.string ?? value["message"]?.string
      ?? value["error_description"]?.string ?? ""
    let named = first?["parameterName"]?.string ?? value["parameterName"]?.string
    parameter = named.flatMap { $0.isEmpty ? nil : $0 } ?? Self.bracketed(message)
  }

  /// For people.
  var text: String { message.isEmpty ? code : "\(code) \(message)" }

  /// Whether it is about a parameter, or about one inside it.
  func concerns(_ names: String...) -> Bool {
    guard let parameter else { return false }
    return names.contains { parameter == $0 || parameter.hasSuffix(".\($0)") }
  }

  /// The parameter in a text such as `Parameter [contact.email] value is invalid`: names are the same
  /// in every language.
  private static func bracketed(_ text: String) -> String? {
    guard let open = text.firstIndex(of: "["),
      let close = text[open...].firstIndex(of: "]")
    else { return nil }
    let name = text[text.index(after: open)..<close]
    return name.isEmpty ? nil : String(name)
  }
}
