import Foundation

/// How long an answer asks to be left alone, and how it says so (RFC 9110 section 10.2.3).
enum RetryAfter: Sendable {
  case seconds(Int)
  /// As a date, which falls on a whole second: it is up to one second later than this.
  case date(seconds: Int)
  /// Nothing is said; the stand-in wants to be left alone for so long.
  case unsaid(seconds: Int)
  /// A text that is neither; the stand-in wants to be left alone for so long.
  case text(String, seconds: Int)

  /// The header's line, if there is one, and how long it is until it is over.
  var spelled: (header: [String], wait: Duration) {
    switch self {
    case .seconds(let seconds): return (["Retry-After: \(seconds)"], .seconds(seconds))
    case .unsaid(let seconds): return ([], .seconds(seconds))
    case .text(let text, let seconds): return (["Retry-After: \(text)"], .seconds(seconds))
    case .date(let seconds):
      let now = Date()
      let end = Date(
        timeIntervalSince1970: (now.timeIntervalSince1970 + Double(seconds)).rounded(.up)
      )
      let formatter = DateFormatter()
      formatter.locale = Locale(identifier: "en_US_POSIX")
      formatter.timeZone = TimeZone(secondsFromGMT: 0)
      formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
      return (
        ["Retry-After: \(formatter.string(from: end))"],
        .seconds(end.timeIntervalSince(now))
      )
    }
  }
}
