/// What the path and the query say of past runs.
enum RunParameters {
  /// Runs that are listed when nothing else is said, and at most.
  private static let usualCount = 100
  private static let counts = 1...1000

  /// How many runs a query asks for.
  static func limit(query: String?) throws(APIFailure) -> Int {
    var count = usualCount
    for (name, value) in try QueryParameters(query ?? "").pairs {
      guard name == "limit" else {
        throw .invalid("There is no parameter \"\(name.prefix(64))\", only limit")
      }
      guard let number = Int(value), counts.contains(number) else {
        throw .invalid("limit: it takes a number from 1 to \(counts.upperBound)")
      }
      count = number
    }
    return count
  }

  /// The number of a run as it is written, or `nil`.
  static func number(_ text: String) -> Int64? {
    guard let number = Int64(text), number > 0, number.description == text else { return nil }
    return number
  }
}
