import ArgumentParser

/// A time as people write it: `90s`, `15m`, `1h`, `7d`.
enum DurationText {
  private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]

  /// Reads a number with its unit.
  static func duration(_ text: String) throws -> Duration {
    guard let unit = text.last.flatMap({ units[$0] }), !text.dropLast().isEmpty,
      text.dropLast().utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let number = Int64(text.dropLast()),
      case let (seconds, overflow) = number.multipliedReportingOverflow(by: unit), !overflow,
      seconds <= 100 * 366 * 86400
    else { throw ValidationError("it takes a number with its unit, such as 90s, 15m, 1h or 7d") }
    return .seconds(seconds)
  }
}
