/// A fault, and which of the requests that it concerns it happens to.
package struct FaultRule: Hashable, Sendable {
  /// Which requests, counted for each rule by itself.
  package enum Schedule: Hashable, Sendable {
    /// Each whose number is a multiple of this.
    case every(Int)
    /// Only the one behind so many.
    case after(Int)
    /// Each with this probability.
    case probability(Double)
  }

  package var kind: FaultKind
  package var schedule: Schedule

  /// Makes a rule with the kind's usual schedule.
  package init(_ kind: FaultKind) { self.init(kind, kind.usualSchedule) }

  /// Makes a rule.
  package init(_ kind: FaultKind, _ schedule: Schedule) {
    self.kind = kind
    self.schedule = schedule
  }

  /// Reads `KIND`, `KIND:every=N`, `KIND:after=N` or `KIND:p=0.1`; `nil` for any other text.
  package init?(_ text: String) {
    let sides = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let kind = FaultKind(rawValue: String(sides[0])) else { return nil }
    guard sides.count == 2 else {
      self.init(kind)
      return
    }
    let parts = sides[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let schedule = Self.schedule(parts[0], parts[1]) else { return nil }
    self.init(kind, schedule)
  }

  private static func schedule(_ name: Substring, _ value: Substring) -> Schedule? {
    switch name {
    case "every": Int(value).flatMap { $0 >= 1 ? .every($0) : nil }
    case "after": Int(value).flatMap { $0 >= 0 ? .after($0) : nil }
    case "p": Double(value).flatMap { 0...1 ~= $0 ? .probability($0) : nil }
    default: nil
    }
  }
}
