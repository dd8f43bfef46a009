import ImportModel

/// Why a call to the platform has no answer.
struct CallFailure: Error, Sendable {
  /// What it means as an attempt to give an extension.
  var attempt: Attempt
  /// What to do about it, where more is known than that.
  var hint: String?
  /// Whether the call itself was not sent, for there was no token.
  var isSignIn = false

  /// The task was told to stop.
  static let stopped = CallFailure(attempt: .unanswered("stopped before an answer came"))

  init(attempt: Attempt, hint: String? = nil) {
    self.attempt = attempt
    self.hint = hint
  }

  /// What it means for a row of which nothing was sent, because this call had to come first.
  var attemptBeforeRow: Attempt {
    switch attempt {
    case _ where Task.isCancelled: attempt
    case .unanswered(let text):
      .faulty(TargetAnswer(status: nil, error: .server, message: text))
    case .unexpected(let answer), .refused(let answer):
      .faulty(TargetAnswer(status: answer.status, error: .server, message: answer.message))
    case .accepted, .busy, .faulty, .unreachable, .unauthorized, .insecure:
      attempt
    }
  }

  /// What it means for a run that has not begun.
  var importError: ImportError {
    switch attempt {
    case .unauthorized(let answer):
      ImportError(
        .notAuthorized,
        answer.reason == .forbidden
          ? "RingCentral does not allow it: \(answer.message)"
          : "RingCentral does not accept who we are: \(answer.message)",
        hint: hint ?? (answer.reason == .forbidden ? Self.rightsHint : nil)
      )
    case .busy(let answer, _):
      ImportError(
        .tryAgainLater,
        "RingCentral wants to be left alone: \(answer.message)",
        hint: "Try again later, when nothing else uses the same app and user"
      )
    case .accepted(let answer), .refused(let answer), .unexpected(let answer):
      ImportError(
        .targetUnreachable,
        "RingCentral's answer cannot be used: \(answer.message)",
        hint: hint ?? "Check the address in \(RingCentralSettings.Variable.serverURL)"
      )
    case .faulty(let answer):
      ImportError(
        .targetUnreachable,
        "RingCentral fails: \(answer.message)",
        hint: hint ?? "Try again later"
      )
    case .unanswered(let text), .unreachable(let text), .insecure(let text):
      ImportError(
        .targetUnreachable,
        "RingCentral cannot be reached: \(text)",
        hint: hint
          ?? "Check the address in \(RingCentralSettings.Variable.serverURL), and the network"
      )
    }
  }

  private static let rightsHint =
    "Give the app ReadAccounts and EditExtensions, and take the JWT of an administrator"
}
