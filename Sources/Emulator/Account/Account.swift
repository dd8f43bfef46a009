/// The extensions of an account, and who has which number and address.
package struct Account: Sendable {
  /// The account's id.
  package let id: Int64
  /// The places that extensions can belong to.
  private(set) var sites: [PhoneExtension.Site] = [.main]

  private var byID: [Int64: PhoneExtension] = [:]
  /// Ascending.
  private var ids: [Int64] = []
  private var holders: [String: Int64] = [:]
  private var emailHolders: [String: Set<Int64>] = [:]
  private var generator: SeededGenerator
  /// No number below it is free.
  private var lowestCandidate = firstNumber

  /// The number that an account's first extension gets.
  private static let firstNumber = 101

  /// Makes an account without extensions.
  ///
  /// - Parameter seed: what all invented ids follow from.
  package init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    id = Int64.random(in: 400_000_000...499_999_999, using: &generator)
  }

  /// The extensions, ordered by id.
  package var extensions: [PhoneExtension] { ids.compactMap { byID[$0] } }

  /// The extension with an id.
  package subscript(id: Int64) -> PhoneExtension? { byID[id] }

  /// How many extensions are nobody's.
  package var unassignedCount: Int { byID.values.count { $0.status == .unassigned } }

  // MARK: - Adding

  /// An id that is higher than all others.
  mutating func nextID() -> Int64 {
    (ids.last ?? id) + Int64.random(in: 1...900, using: &generator)
  }

  /// An id that is lower than those of all extensions.
  ///
  /// An account without extensions has no such place: then it is any new one.
  mutating func precedingID() -> Int64 {
    guard let first = ids.first, first > 1 else { return nextID() }
    return first - 1
  }

  /// Adds an extension whose id and number nobody has.
  mutating func add(_ added: PhoneExtension) {
    precondition(byID[added.id] == nil, "an id belongs to one extension")
    // From the end, where the place nearly always is.
    ids.insert(added.id, at: ids.lastIndex { $0 < added.id }.map { $0 + 1 } ?? 0)
    byID[added.id] = added
    index(added)
  }

  /// Adds extensions that are nobody's.
  package mutating func addUnassigned(_ count: Int, type: ExtensionType) {
    for _ in 0..<count { add(PhoneExtension(id: nextID(), type: type)) }
  }

  /// The site with a name, which is made when there is none.
  mutating func site(named name: String) -> PhoneExtension.Site {
    if let site = sites.first(where: { $0.name == name }) { return site }
    let number = Int64.random(in: 500_000_000...599_999_999, using: &generator)
    let site = PhoneExtension.Site(id: "\(number)", name: name)
    sites.append(site)
    return site
  }

  // MARK: - Changing

  /// Puts an extension in the place of the one with its id.
  mutating func replace(with changed: PhoneExtension) {
    guard let old = byID[changed.id] else {
      preconditionFailure("only an extension that is there is changed")
    }
    if let number = old.number {
      holders[number] = nil
      if let value = Int(number), value >= Self.firstNumber {
        lowestCandidate = min(lowestCandidate, value)
      }
    }
    if let key = old.contact.emailKey { emailHolders[key]?.remove(old.id) }
    byID[changed.id] = changed
    index(changed)
  }

  private mutating func index(_ added: PhoneExtension) {
    if let number = added.number { holders[number] = added.id }
    if let key = added.contact.emailKey { emailHolders[key, default: []].insert(added.id) }
  }

  // MARK: - Numbers and addresses

  /// The extension that has a number.
  func holder(ofNumber number: String) -> Int64? { holders[number] }

  /// Whether another extension than the one with an id has an address.
  func hasEmail(_ email: String, besides id: Int64) -> Bool {
    emailHolders[email.lowercased()]?.contains { $0 != id } ?? false
  }

  /// The lowest number that nobody has and that is not reserved.
  mutating func nextFreeNumber() -> String {
    while holders["\(lowestCandidate)"] != nil || NumberRule.isReserved("\(lowestCandidate)") {
      lowestCandidate += 1
    }
    return "\(lowestCandidate)"
  }
}
