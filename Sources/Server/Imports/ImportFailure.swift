import Bytes
import HTTPTypes
import ImportModel

extension APIFailure {
  /// 503: as many imports as may run are running.
  static let allPlacesTaken = APIFailure(
    .serviceUnavailable,
    code: "SERVICE_UNAVAILABLE",
    "Other imports are running; try again when they are done",
    headers: [.retryAfter: "5"]
  )

  /// 415: the body is of a kind that is not read.
  static func wrongType(_ message: String) -> APIFailure {
    APIFailure(.unsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE", message)
  }

  /// Why an import could not go on: 400 for what is wrong with its body, 503 for what passes.
  init(importing error: ImportError) {
    switch error.kind {
    case .unusableInput:
      self = .invalid(Self.sentence(of: error))
    case .tryAgainLater, .interrupted:
      self = APIFailure(
        .serviceUnavailable,
        code: "SERVICE_UNAVAILABLE",
        Self.sentence(of: error),
        headers: [.retryAfter: "5"]
      )
    default:
      self = .server
    }
  }

  /// Where, what is wrong, and what to do about it, as the program would say it.
  private static func sentence(of error: ImportError) -> String {
    var text = ""
    if let file = error.file {
      text =
        [file, error.line?.description, error.column?.description].compactMap(\.self)
        .joined(separator: ":") + ": "
    }
    text += error.finding.map { ReasonText.message($0, value: nil) } ?? error.message
    if let hint = error.hint ?? error.finding.flatMap({ ReasonText.hint($0) }), !hint.isEmpty {
      text += ". \(hint)"
    }
    return text
  }
}
