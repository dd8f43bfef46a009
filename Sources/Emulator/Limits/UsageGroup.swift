/// How heavy a request weighs; each group has a limit of its own.
package enum UsageGroup: String, Hashable, Sendable {
  case light, medium, heavy
  case auth

  /// How many requests an application may send in a minute.
  var requestsPerMinute: Int {
    switch self {
    case .light: 50
    case .medium: 40
    case .heavy: 10
    case .auth: 5
    }
  }
}
