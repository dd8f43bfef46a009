import ImportModel

/// Hands out the extensions that are nobody's, each once, the lowest id first.
struct FreeExtensions {
  private let extensions: [AccountExtension]
  private var used: Set<Int> = []
  /// Before this place there is nothing left for a site.
  private var starts: [String: Int] = [:]

  init(_ extensions: [AccountExtension]) { self.extensions = extensions }

  /// Takes one that may go to somebody of a site: it belongs there, or nowhere yet.
  ///
  /// - Parameter site: folded; empty when any site will do.
  /// - Returns: its id, or `nil` when there is none left.
  mutating func take(site: String) -> UInt64? {
    var place = starts[site, default: 0]
    while place < extensions.count, used.contains(place) || !fits(extensions[place], site) {
      place += 1
    }
    starts[site] = place
    guard place < extensions.count else { return nil }
    used.insert(place)
    return extensions[place].id
  }

  private func fits(_ candidate: AccountExtension, _ site: String) -> Bool {
    site.isEmpty || candidate.site.isEmpty || candidate.site.lowercased() == site
  }
}
