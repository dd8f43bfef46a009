/// At most so many requests in a second, minute or hour.
package struct Rate: Hashable, Sendable {
  /// What the requests are counted in.
  package enum Unit: String, CaseIterable, Sendable {
    case second = "s"
    case minute = "min"
    case hour = "h"

    /// How long it is.
    package var duration: Duration {
      switch self {
      case .second: .seconds(1)
      case .minute: .seconds(60)
      case .hour: .seconds(3600)
      }
    }
  }

  /// How many requests, from 1 to 1,000,000.
  package let count: Int
  package let unit: Unit

  /// Makes a rate; `nil` when the count is out of bounds.
  package init?(_ count: Int, per unit: Unit) {
    guard 1...1_000_000 ~= count else { return nil }
    self.count = count
    self.unit = unit
  }

  /// Reads `40/min`, `5/s` or `1000/h`; `nil` for any other text.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, 1...7 ~= parts[0].utf8.count,
      parts[0].utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let count = Int(parts[0]), let unit = Unit(rawValue: String(parts[1]))
    else { return nil }
    self.init(count, per: unit)
  }

  /// The time from one request to the next.
  package var interval: Duration { unit.duration / count }
}

extension Rate: CustomStringConvertible {
  /// The text that is read.
  package var description: String { "\(count)/\(unit.rawValue)" }
}
