import ImportModel
import Rows

/// Elements that look like records as well and are not read, such as a second list.
enum XMLOtherRecords {
  /// The most elements that are told.
  private static let maximumCount = 8

  /// Remarks on the elements that nobody chose and that look like records.
  ///
  /// - Parameters:
  ///   - candidates: the elements outside of the records.
  ///   - recordPath: the element of a record, from the root.
  /// - Returns: one warning an element, in the order met.
  static func remarks(
    on candidates: [XMLRecordCandidate],
    besides recordPath: [String]
  ) -> [Finding] {
    var found: [XMLTrial] = []
    for candidate in candidates where !recordPath.starts(with: candidate.path) {
      let trial = XMLTrial(
        candidate,
        columns: candidate.fields,
        ColumnSamples(),
        ReadingOptions()
      )
      guard candidate.path.last == recordPath.last || looksLikeRecords(trial) else { continue }
      // Of a list and what is in it, the element that would be read is told.
      if found.contains(where: { $0.isRelated(to: trial) && !trial.isBetter(than: $0) }) {
        continue
      }
      found.removeAll { $0.isRelated(to: trial) }
      found.append(trial)
    }
    return found.prefix(maximumCount).map { trial in
      Finding(
        .xmlUnknownElement,
        .warning,
        number: trial.candidate.count,
        text: trial.candidate.path.joined(separator: "/")
      )
    }
  }

  /// Whether an element has what identifies a user or an extension.
  ///
  /// Anything may have an `id`, and one element with a user's id may say who made the export.
  private static func looksLikeRecords(_ trial: XMLTrial) -> Bool {
    guard let match = trial.match else { return false }
    if match.mapping[.extensionNumber] != nil {
      return trial.candidate.count > 1 || match.mapping.hasAny(of: [.userID, .extensionID])
    }
    guard trial.candidate.count > 1,
      let column = match.mapping[.userID] ?? match.mapping[.extensionID]
    else { return false }
    return !["id", "@id"].contains(ColumnName(trial.columns[column]).steps.last ?? "")
  }
}

extension XMLTrial {
  /// Whether one of the elements is inside the other.
  fileprivate func isRelated(to other: Self) -> Bool {
    candidate.path.starts(with: other.candidate.path)
      || other.candidate.path.starts(with: candidate.path)
  }
}
