import ImportModel

/// An account's extensions by number, by address, and those that are nobody's.
struct AccountIndex {
  private let extensions: [AccountExtension]
  private var places: [UInt64: Int] = [:]
  private var holders: [String: Int] = [:]
  private var owners: [UInt64: [Int]] = [:]
  /// The sites that extensions are known to belong to, by folded name.
  private var sites: Set<String> = []
  /// Those that are nobody's, of the kind that people get, by ascending id.
  private(set) var pool: [AccountExtension] = []

  init(_ extensions: [AccountExtension], type: String) {
    self.extensions = extensions
    for (place, known) in extensions.enumerated() {
      if known.id != 0 { places[known.id] = place }
      if !known.number.isEmpty { holders[known.number] = place }
      let digest = EmailDigest.of(known.email)
      if digest != 0 { owners[digest, default: []].append(place) }
      if !known.site.isEmpty { sites.insert(known.site.lowercased()) }
      if known.isUnassigned, known.id != 0, known.type.isEmpty || Self.equal(known.type, type) {
        pool.append(known)
      }
    }
    pool.sort { $0.id < $1.id }
  }

  /// The extension that has a number.
  func holder(of number: ExtensionNumber) -> AccountExtension? {
    holders[number.description].map { extensions[$0] }
  }

  /// The extension with an id.
  func find(_ id: UInt64) -> AccountExtension? { places[id].map { extensions[$0] } }

  /// The extensions that an address is on.
  func owned(by email: String) -> [AccountExtension] {
    owners[EmailDigest.of(email), default: []].map { extensions[$0] }
  }

  /// The site that a row's extension must belong to; empty when the account does not know the name.
  func site(named name: String) -> String {
    sites.contains(name.lowercased()) ? name.lowercased() : ""
  }

  private static func equal(_ left: String, _ right: String) -> Bool {
    left.lowercased() == right.lowercased()
  }
}
