import ImportModel

/// Reasons that belong together, in the order of the vocabulary.
struct ReasonSection {
  let title: String
  let codes: [ReasonCode]

  /// Every section, each reason in one of them.
  static let all: [ReasonSection] = {
    let firsts: [(ReasonCode, String)] = [
      (.fileNotFound, "Inputs as a whole, and their encoding"),
      (.delimiterAmbiguous, "The structure of CSV"),
      (.headerMissing, "Headers and columns"),
      (.xmlNotWellFormed, "XML"),
      (.cellExcelError, "Any cell"),
      (.extensionMissing, "Extensions"),
      (.objectidMissing, "User ids"),
      (.duplicateRow, "Between rows"),
      (.userNotFound, "Against the store"),
      (.extensionTargetLimit, "Against the account of a phone system"),
      (.stoppedByBudget, "The run"),
      (.rejectedByTarget, "Sending to a target"),
    ]
    return firsts.enumerated().map { place, first in
      let end = place + 1 < firsts.count ? firsts[place + 1].0.rawValue : .max
      let codes = ReasonCode.allCases.filter {
        $0.rawValue >= first.0.rawValue && $0.rawValue < end
      }
      return ReasonSection(title: first.1, codes: codes)
    }
  }()

  /// The section of a reason.
  static func title(of code: ReasonCode) -> String {
    all.first { $0.codes.contains(code) }?.title ?? ""
  }
}
