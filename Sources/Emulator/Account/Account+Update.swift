/// How an update changes an extension.
///
///     Unassigned ── contact alone ──────────► Unassigned   (200, and nothing else happens)
///     Unassigned ── status, whole contact ──► that status  (200, number set)
///     any other  ── any members ────────────► members merged
extension Account {
  /// Does what an update asks for, all of it or nothing.
  ///
  /// - Parameters:
  ///   - id: the extension.
  ///   - update: what is asked for.
  ///   - rules: what the account allows.
  ///   - provisions: whether an unassigned extension can become somebody's by it.
  /// - Returns: the extension as it is then.
  /// - Throws: what the client is told; nothing was changed.
  mutating func update(
    _ id: Int64,
    _ update: ExtensionUpdate,
    rules: AccountRules,
    provisions: Bool = true
  ) throws(PlatformError) -> PhoneExtension {
    guard var changed = self[id] else { throw .notFound("extensionId", "\(id)") }
    try checkCredentials(of: update, rules)
    if let type = update.type {
      guard type.canReplace(changed.type) else { throw .invalid("type", type.rawValue) }
      changed.type = type
    }
    if let siteID = update.siteID {
      guard let site = sites.first(where: { $0.id == siteID }) else {
        throw .notFound("site.id", siteID, status: 400)
      }
      changed.site = site
    }
    try mergeContact(update, into: &changed, rules)
    let number = try checkedNumber(update.number, for: id, rules)
    if changed.status != .unassigned {
      if let status = update.status { changed.status = status }
      if let number { changed.number = number }
    } else if let status = update.status, provisions {
      try checkProvision(update, of: changed.type)
      changed.status = status
      changed.number = number ?? nextFreeNumber()
      changed.isHidden = false
    }
    if let isHidden = update.isHidden { changed.isHidden = isHidden }
    if let references = update.references { changed.references = references }
    if let setupState = update.setupState { changed.setupState = setupState }
    replace(with: changed)
    return changed
  }

  private func checkCredentials(
    of update: ExtensionUpdate,
    _ rules: AccountRules
  ) throws(PlatformError) {
    guard let password = update.password else { return }
    if rules.usesSingleSignOn {
      throw PlatformError(
        status: 400,
        code: "EXT-413",
        message: "Credentials changing is not allowed"
      )
    }
    if let problem = CredentialRule.problem(ofPassword: password) {
      throw PlatformError(status: 400, code: "PWD-002", message: problem)
    }
  }

  private func mergeContact(
    _ update: ExtensionUpdate,
    into changed: inout PhoneExtension,
    _ rules: AccountRules
  ) throws(PlatformError) {
    if !changed.type.isUserLike, update.contact[.lastName]?.isEmpty == false {
      throw PlatformError(
        status: 400,
        code: "EXT-356",
        message: "[lastName] cannot be specified for non-user extension",
        parameter: Contact.Member.lastName.parameter
      )
    }
    if let email = update.contact[.email] {
      guard !email.isEmpty || changed.status == .unassigned else {
        throw .invalid(Contact.Member.email.parameter, email)
      }
      if rules.wantsUniqueEmails, hasEmail(email, besides: changed.id) {
        throw .invalid(Contact.Member.email.parameter, email)
      }
    }
    for (member, text) in update.contact { changed.contact[member] = text }
  }

  private func checkedNumber(
    _ number: String?,
    for id: Int64,
    _ rules: AccountRules
  ) throws(PlatformError) -> String? {
    guard let number else { return nil }
    let holder = holder(ofNumber: number)
    if holder == id { return number }
    guard NumberRule.allows(number, maximumLength: rules.maximumNumberLength) else {
      throw .invalid("extensionNumber", number)
    }
    guard holder == nil else {
      throw .invalid("extensionNumber", number, status: rules.takenNumberStatus)
    }
    return number
  }

  /// What makes an unassigned extension somebody's has to stand in the update itself.
  private func checkProvision(
    _ update: ExtensionUpdate,
    of type: ExtensionType
  ) throws(PlatformError) {
    let needed: [Contact.Member] =
      type.isUserLike ? [.firstName, .lastName, .email] : [.firstName, .email]
    for member in needed where update.contact[member]?.isEmpty ?? true {
      throw .invalid(member.parameter, update.contact[member])
    }
  }
}
