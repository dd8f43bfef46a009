import JSON

/// Why a request is not done: a status and one error of the platform.
struct PlatformError: Error, Hashable, Sendable {
  /// Whose form the body has.
  enum Form: Hashable, Sendable {
    case platform
    /// The token endpoint's, with the `error` of RFC 6749, section 5.2.
    case token(error: String)
  }

  var status: Int
  /// The code, such as `CMN-101`.
  var code: String
  var message: String
  /// The parameter that it is about.
  var parameter: String?
  /// What the parameter was; never that of a secret.
  var value: String?
  var form = Form.platform

  /// The platform's error about a parameter whose value cannot be taken.
  static func invalid(
    _ parameter: String,
    _ value: String? = nil,
    status: Int = 400
  ) -> PlatformError {
    PlatformError(
      status: status,
      code: "CMN-101",
      message: "Parameter [\(parameter)] value is invalid",
      parameter: parameter,
      value: value
    )
  }

  /// A parameter that must be given and is not.
  static func missing(_ parameter: String) -> PlatformError {
    PlatformError(
      status: 400,
      code: "CMN-100",
      message: "Parameter [\(parameter)] is mandatory",
      parameter: parameter
    )
  }

  /// A parameter that names nothing that is there.
  static func notFound(
    _ parameter: String,
    _ value: String? = nil,
    status: Int = 404
  ) -> PlatformError {
    PlatformError(
      status: status,
      code: "CMN-102",
      message: "Resource for parameter [\(parameter)] is not found",
      parameter: parameter,
      value: value
    )
  }

  /// A token that does not hold.
  static func unauthorized(_ code: String, _ message: String) -> PlatformError {
    PlatformError(status: 401, code: code, message: message)
  }

  /// A failure of the token endpoint.
  static func token(
    _ error: String,
    _ code: String,
    _ message: String,
    status: Int = 400
  ) -> PlatformError {
    PlatformError(status: status, code: code, message: message, form: .token(error: error))
  }

  // MARK: - The body

  /// The body; the legacy form repeats everything at the top.
  func body(legacy: Bool) -> String {
    var writer = JSONWriter()
    writer.object {
      if case .token(let error) = form {
        $0.member("error", error)
        $0.member("error_description", message)
      } else if legacy {
        writeMembers(to: &$0, code: legacyCode)
      }
      $0.member("errors") { list in
        list.array { $0.element { error in writeObject(to: &error) } }
      }
    }
    return writer.text
  }

  /// Writes the error alone.
  func writeObject(to writer: inout JSONWriter) {
    writer.object { writeMembers(to: &$0, code: code) }
  }

  private func writeMembers(to writer: inout JSONWriter, code: String) {
    writer.member("errorCode", code)
    writer.member("message", message)
    if let parameter { writer.member("parameterName", parameter) }
    if let value { writer.member("parameterValue", value) }
  }

  /// The word that old answers have at the top for some codes.
  private var legacyCode: String {
    switch (status, code) {
    case (401, _): "TokenInvalid"
    case (403, _): "InsufficientPermissions"
    case (_, "CMN-101"): "InvalidParameter"
    default: code
    }
  }
}
