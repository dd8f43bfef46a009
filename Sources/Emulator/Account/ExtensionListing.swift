/// Which extensions a client wants to see, and which page of them.
struct ExtensionListing: Sendable {
  /// The page, from 1.
  var page = 1
  var pageSize = 100
  private var filters: [(name: String, value: String)] = []

  private static let maximumPageSize = 1000

  /// Reads the query of a request; names that it does not know have no effect.
  init(_ query: [(name: String, value: String)]) throws(PlatformError) {
    for (name, value) in query {
      switch name {
      case "page": page = try Self.positive(value, name, upTo: .max)
      case "perPage": pageSize = try Self.positive(value, name, upTo: Self.maximumPageSize)
      case "extensionNumber":
        guard 1...8 ~= value.utf8.count else { throw .invalid(name, value) }
        filters.append((name, value))
      case "email":
        guard 1...254 ~= value.unicodeScalars.count else { throw .invalid(name, value) }
        filters.append((name, value))
      case "status":
        guard ExtensionStatus.known.contains(ExtensionStatus(rawValue: value)) else {
          throw .invalid(name, value)
        }
        filters.append((name, value))
      case "type":
        guard ExtensionType(rawValue: value).isKnown else { throw .invalid(name, value) }
        filters.append((name, value))
      default: continue
      }
    }
  }

  /// Whether an extension is one that the client wants: of each filter one value has to fit.
  func includes(_ candidate: PhoneExtension) -> Bool {
    let isWanted = { (name: String, fits: (String) -> Bool) in
      let values = filters.filter { $0.name == name }
      return values.isEmpty || values.contains { fits($0.value) }
    }
    return isWanted("status") { status in
      // Unassigned are those without a number.
      status == ExtensionStatus.unassigned.rawValue
        ? candidate.number == nil : candidate.status.rawValue == status
    }
      && isWanted("type") { candidate.type.rawValue == $0 }
      && isWanted("extensionNumber") { candidate.number == $0 }
      && isWanted("email") { candidate.contact.emailKey == $0.lowercased() }
  }

  /// The query that leads to another page of the same list.
  func query(ofPage page: Int) -> String {
    let pairs = [("page", "\(page)"), ("perPage", "\(pageSize)")] + filters
    return pairs.map { "\($0.0)=\(FormText.encode($0.1))" }.joined(separator: "&")
  }

  private static func positive(
    _ text: String,
    _ name: String,
    upTo limit: Int
  ) throws(PlatformError) -> Int {
    guard let value = Int(text), 1...min(limit, Int(Int32.max)) ~= value else {
      throw .invalid(name, text)
    }
    return value
  }
}
