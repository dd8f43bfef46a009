import Bytes

/// How long a target wants to be left alone (RFC 9110, section 10.2.3).
package enum RetryAfter {
  /// Longer waits are cut to a day: whoever asks for more is wrong, or a person has to look at it.
  package static let maximumWait = Duration.seconds(86400)

  /// The wait that a header's value asks for.
  ///
  /// - Parameters:
  ///   - value: a number of seconds, or a moment in one of the three forms of section 5.6.7.
  ///   - now: the seconds since 1970 by the wall clock.
  /// - Returns: zero for moments that are past; `nil` when it is neither.
  package static func wait(_ value: String, now: Int64) -> Duration? {
    let bytes = Array(value.utf8)
    let text = Array(bytes[UTF8Text.trimmedRange(of: bytes.span)])
    let seconds: Int64
    if let number = wholeNumber(text) {
      seconds = number
    } else if let moment = HTTPDate.secondsSince1970(text, now: now) {
      seconds = moment - now
    } else {
      return nil
    }
    return min(max(.seconds(seconds), .zero), maximumWait)
  }

  /// A number of seconds, with an upper bound that keeps it far from overflowing.
  private static func wholeNumber(_ text: [UInt8]) -> Int64? {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = text.dropFirst(isNegative ? 1 : 0)
    guard !digits.isEmpty else { return nil }
    var number: Int64 = 0
    for byte in digits {
      guard 0x30...0x39 ~= byte else { return nil }
      number = min(number * 10 + Int64(byte & 0x0F), 1_000_000_000)
    }
    return isNegative ? -number : number
  }
}

/// Moments as HTTP writes them (RFC 9110, section 5.6.7).
enum HTTPDate {
  /// Reads a moment in one of the three forms.
  ///
  ///     Sun, 06 Nov 1994 08:49:37 GMT    IMF-fixdate
  ///     Sunday, 06-Nov-94 08:49:37 GMT   RFC 850, obsolete
  ///     Sun Nov  6 08:49:37 1994         asctime, obsolete
  ///
  /// The name of the day is not compared with the date.
  /// - Parameters:
  ///   - text: the moment.
  ///   - now: the present, which says in which century a year of two digits lies.
  /// - Returns: the seconds since 1970; `nil` for anything else.
  static func secondsSince1970(_ text: [UInt8], now: Int64) -> Int64? {
    let words = text.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    guard let first = words.first else { return nil }
    switch words.count {
    case 6 where isDay(first.dropLast()) && first.last == "," && words[5] == "GMT":
      return moment(
        year: number(words[3], digitCount: 4),
        month: words[2],
        day: number(words[1], digitCount: 2),
        time: words[4]
      )
    case 4 where isLongDay(first.dropLast()) && first.last == "," && words[3] == "GMT":
      let parts = words[1].split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 3, let year = number(parts[2], digitCount: 2) else { return nil }
      return moment(
        year: fullYear(year, now: now),
        month: String(parts[1]),
        day: number(parts[0], digitCount: 2),
        time: words[2]
      )
    case 5 where isDay(first[...]):
      return moment(
        year: number(words[4], digitCount: 4),
        month: words[1],
        day: number(words[2], digitCount: words[2].count == 1 ? 1 : 2),
        time: words[3]
      )
    default:
      return nil
    }
  }

  private static func isDay(_ text: Substring) -> Bool {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(text)
  }

  private static func isLongDay(_ text: Substring) -> Bool {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].contains(text)
  }

  /// A year that seems more than 50 years ahead is the last one that ended with the same digits.
  private static func fullYear(_ year: Int64, now: Int64) -> Int64 {
    let present = 1970 + now / 31_556_952
    let full = present - present % 100 + year
    return full > present + 50 ? full - 100 : full
  }

  private static func moment(year: Int64?, month: String, day: Int64?, time: String) -> Int64? {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard let year, let day, let place = months.firstIndex(of: month) else { return nil }
    let parts = time.split(separator: ":", omittingEmptySubsequences: false)
      .map { number($0, digitCount: 2) }
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
      hour < 24, minute < 60, second <= 60
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard year >= 1, 1...lengths[place] ~= day else { return nil }
    let before = year - 1
    let days =
      before * 365 + before / 4 - before / 100 + before / 400 + lengths[..<place].reduce(0, +)
      + day - 1
    // 719,162 days lie between the first day of the year 1 and that of 1970.
    return (days - 719_162) * 86400 + hour * 3600 + minute * 60 + second
  }

  private static func number(_ text: some StringProtocol, digitCount: Int) -> Int64? {
    guard text.utf8.count == digitCount, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    return Int64(text)
  }
}
