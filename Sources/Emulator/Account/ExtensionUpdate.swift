import JSON

/// What an update asks for, each member checked by itself.
///
/// Members that an assignment does not need (regional settings, queues, custom fields) are taken and
/// have no effect.
struct ExtensionUpdate: Sendable {
  var status: ExtensionStatus?
  var number: String?
  /// The texts that are given; an empty one removes what is there.
  var contact: [Contact.Member: String] = [:]
  var type: ExtensionType?
  var siteID: String?
  var isHidden: Bool?
  var password: String?
  var references: [PhoneExtension.Reference]?
  var setupState: String?

  /// Reads the body of an update.
  init(_ body: JSONObject) throws(PlatformError) {
    if let text = try Self.text("status", body) {
      let status = ExtensionStatus(rawValue: text)
      guard ExtensionStatus.writable.contains(status) else { throw .invalid("status", text) }
      self.status = status
    }
    number = try Self.text("extensionNumber", body)
    contact = try Self.contact(body)
    if let text = try Self.text("type", body) {
      type = ExtensionType(rawValue: text)
      guard type?.isKnown == true else { throw .invalid("type", text) }
    }
    if let site = try Self.object("site", body) { siteID = try Self.text("id", site, in: "site.") }
    isHidden = try Self.flag("hidden", body)
    password = try Self.text("password", body, isSecret: true)
    if let pin = try Self.text("ivrPin", body, isSecret: true) {
      guard CredentialRule.allowsPIN(pin) else { throw .invalid("ivrPin") }
    }
    references = try Self.references(body)
    if let text = try Self.text("setupWizardState", body) {
      guard ["NotStarted", "Incomplete", "Completed"].contains(text) else {
        throw .invalid("setupWizardState", text)
      }
      setupState = text
    }
    if let transition = try Self.object("transition", body) {
      for name in ["sendWelcomeEmail", "sendWelcomeEmailsToUsers"] {
        _ = try Self.flag(name, transition, in: "transition.")
      }
    }
  }

  private static func contact(
    _ body: JSONObject
  ) throws(PlatformError) -> [Contact.Member: String] {
    guard let contact = try object("contact", body) else { return [:] }
    var texts: [Contact.Member: String] = [:]
    for member in Contact.Member.allCases {
      guard let text = try text(member.rawValue, contact, in: "contact.") else { continue }
      guard text.unicodeScalars.count <= member.maximumLength else {
        throw .invalid(member.parameter, text)
      }
      texts[member] = text
    }
    if let email = texts[.email], !email.isEmpty, !Contact.isEmail(email) {
      throw .invalid(Contact.Member.email.parameter, email)
    }
    return texts
  }

  private static func references(
    _ body: JSONObject
  ) throws(PlatformError) -> [PhoneExtension.Reference]? {
    guard let value = body["references"], value != .null else { return nil }
    guard let elements = value.array else { throw .invalid("references") }
    var references: [PhoneExtension.Reference] = []
    for element in elements {
      guard let ref = element["ref"]?.string, let type = element["type"]?.string,
        ["PartnerId", "CustomerDirectoryId"].contains(type)
      else { throw .invalid("references") }
      references.append(PhoneExtension.Reference(ref: ref, type: type))
    }
    return references
  }

  // MARK: - Members

  /// A member of text; `nil` when it is absent or null.
  private static func text(
    _ name: String,
    _ object: JSONObject,
    in parent: String = "",
    isSecret: Bool = false
  ) throws(PlatformError) -> String? {
    guard let value = object[name], value != .null else { return nil }
    guard let text = value.string else {
      if case .number(let digits) = value, !isSecret { throw .invalid(parent + name, digits) }
      throw .invalid(parent + name)
    }
    return text
  }

  private static func flag(
    _ name: String,
    _ object: JSONObject,
    in parent: String = ""
  ) throws(PlatformError) -> Bool? {
    guard let value = object[name], value != .null else { return nil }
    guard let flag = value.bool else { throw .invalid(parent + name) }
    return flag
  }

  private static func object(
    _ name: String,
    _ object: JSONObject
  ) throws(PlatformError) -> JSONObject? {
    guard let value = object[name], value != .null else { return nil }
    guard let member = value.object else { throw .invalid(name) }
    return member
  }
}
