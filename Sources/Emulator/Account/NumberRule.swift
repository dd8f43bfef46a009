/// What the number of an extension may be.
enum NumberRule {
  /// Numbers that accounts keep for emergency and information services.
  ///
  /// RingCentral publishes no list; these are what telephone systems keep as a rule.
  private static let reserved: Set<String> = [
    "0", "00", "110", "112", "118", "933", "988", "999",
    "211", "311", "411", "511", "611", "711", "811", "911",
  ]

  /// Whether nobody gets a number.
  static func isReserved(_ number: String) -> Bool { reserved.contains(number) }

  /// Whether a text is 1 digit up to a limit, and not reserved.
  static func allows(_ number: String, maximumLength: Int) -> Bool {
    1...maximumLength ~= number.utf8.count
      && number.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      && !isReserved(number)
  }
}
