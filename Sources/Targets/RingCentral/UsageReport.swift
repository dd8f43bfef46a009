import NIOHTTP1

/// What the head of an answer says of a limit: `X-Rate-Limit-Group`, `-Limit`, `-Remaining` and
/// `-Window`.
package struct UsageReport: Hashable, Sendable {
  /// The usage group, in lower case.
  package var group: String
  /// How many requests fit into a window.
  package var limit: Int
  /// How many of them are left, as the server counts; `nil` when it does not say.
  package var remaining: Int?
  /// How far back requests count.
  package var window: Duration

  /// Makes it.
  package init(group: String, limit: Int, remaining: Int?, window: Duration) {
    self.group = group
    self.limit = limit
    self.remaining = remaining
    self.window = window
  }

  /// Reads the fields; `nil` when one that matters is missing or makes no sense.
  init?(_ fields: HTTPHeaders) {
    guard let group = fields.first(name: "X-Rate-Limit-Group"), !group.isEmpty,
      group.utf8.count <= 64,
      let limit = Self.number("X-Rate-Limit-Limit", fields), 1...1_000_000 ~= limit,
      let window = Self.number("X-Rate-Limit-Window", fields), 1...86400 ~= window
    else { return nil }
    self.group = group.lowercased()
    self.limit = limit
    self.window = .seconds(window)
    remaining = Self.number("X-Rate-Limit-Remaining", fields).map { max(0, $0) }
  }

  private static func number(_ name: String, _ fields: HTTPHeaders) -> Int? {
    fields.first(name: name).flatMap { Int($0.filter { $0 != " " }) }
  }

  /// The limit per minute, as far as a rate can say it.
  var rate: Rate? {
    let seconds = Int(window.components.seconds)
    return Rate(max(1, limit * 60 / seconds), per: .minute)
  }
}
