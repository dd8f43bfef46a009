import ImportModel

/// What is kept of a run in the store beside its changes, as JSON text.
enum RunRecord {
  /// The rules in force.
  ///
  /// Every value is a word or number of our own, so that nothing needs escaping.
  static func rules(_ rules: Rules) -> String {
    let reserved = rules.reserved.map { "\"\($0)\"" }.joined(separator: ",")
    let ranges = rules.ranges.map { "\"\($0.lowerBound)-\($0.upperBound)\"" }
      .joined(separator: ",")
    return "{\"fix\":\"\(rules.fix.rawValue)\",\"onDuplicate\":\"\(rules.onDuplicate.rawValue)\","
      + "\"unknownUsers\":\"\(rules.unknownUsers.rawValue)\","
      + "\"onExisting\":\"\(rules.onExisting.rawValue)\",\"onBlank\":\"\(rules.onBlank.rawValue)\","
      + "\"strict\":\(rules.strict),\"includeDisabled\":\(rules.includeDisabled),"
      + "\"reserved\":[\(reserved)],\"ranges\":[\(ranges)]"
      + (rules.takesNextNumbers ? ",\"takesNextNumbers\":true" : "")
      + (rules.matchesEmail ? ",\"match\":\"email\"}" : "}")
  }

  /// The rows by outcome, as they are once the run is committed.
  static func counts(_ outcomes: [Outcome: Int]) -> String {
    func count(_ outcome: Outcome) -> Int { outcomes[outcome, default: 0] }
    var text =
      "{\"rows\":\(outcomes.values.reduce(0, +)),"
      + "\"applied\":\(count(.wouldApply) + count(.applied)),"
      + "\"unchanged\":\(count(.unchanged)),\"rejected\":\(count(.rejected))"
    // Only targets outside the store leave rows failed or not attempted.
    for outcome in [Outcome.failed, .unprocessed] where count(outcome) > 0 {
      text += ",\"\(outcome.name)\":\(count(outcome))"
    }
    return text + "}"
  }
}
