import JSON

/// The extensions of the account over the wire.
extension Platform {
  /// A page of the list.
  mutating func list(
    _ request: PlatformRequest,
    _ faults: Set<FaultKind>
  ) throws(PlatformError) -> String {
    let listing = try ExtensionListing(request.query)
    if faults.contains(.unknownValues) { addUnknown() }
    if faults.contains(.shiftPages) {
      account.add(PhoneExtension(id: account.precedingID()))
    }
    let found = account.extensions.filter(listing.includes)
    let address = ExtensionAddress(origin: request.origin, account: account.id)
    return ExtensionPage(
      listing: listing,
      found: found,
      address: address,
      hasTotals: !faults.contains(.missingTotals)
    )
    .json
  }

  /// One extension.
  func get(_ id: String, _ request: PlatformRequest) throws(PlatformError) -> String {
    json(of: try existing(id), request)
  }

  /// Changes an extension, or says so.
  mutating func update(
    _ id: String,
    _ request: PlatformRequest,
    _ faults: Set<FaultKind>
  ) throws(PlatformError) -> String {
    let present = try existing(id)
    let update = try ExtensionUpdate(try request.object())
    if faults.contains(.noEffect) { return json(of: present, request) }
    return json(of: try account.update(present.id, update, rules: settings.rules), request)
  }

  /// What the account's contract says of its limits.
  func serviceInfo(_ request: PlatformRequest) -> String {
    let address = ExtensionAddress(origin: request.origin, account: account.id)
    var writer = JSONWriter()
    writer.object {
      $0.member("uri", address.account + "/service-info")
      $0.member("limits") { limits in
        limits.object {
          $0.member("maxExtensionNumberLength", settings.rules.maximumNumberLength)
        }
      }
    }
    return writer.text
  }

  private func existing(_ id: String) throws(PlatformError) -> PhoneExtension {
    let number = id == "~" ? account.id : Int64(id)
    guard let found = number.flatMap({ account[$0] }) else { throw .notFound("extensionId", id) }
    return found
  }

  private func json(of shown: PhoneExtension, _ request: PlatformRequest) -> String {
    let address = ExtensionAddress(origin: request.origin, account: account.id)
    var writer = JSONWriter()
    ExtensionJSON(address: address, isWhole: true).write(shown, to: &writer)
    return writer.text
  }

  /// Adds an extension that no client can know how to treat.
  private mutating func addUnknown() {
    var unknown = PhoneExtension(
      id: account.nextID(),
      type: ExtensionType(rawValue: "HologramUser"),
      status: ExtensionStatus(rawValue: "Hibernating")
    )
    unknown.number = account.nextFreeNumber()
    account.add(unknown)
  }
}
