import ImportModel
import Rows

/// Finds the element of a record in an XML input, by the columns that its candidates have.
struct XMLOpener {
  let source: InputSource
  let options: ReadingOptions
  /// Whether unknown columns are welcome.
  let isRaw: Bool

  /// Bytes looked at, and bytes looked at when nothing was found in them.
  private static let surveyByteCounts = [1 << 18, 1 << 22]

  func open() throws(ImportError) -> OpenInput.Findings {
    var candidates: [XMLRecordCandidate] = []
    var refused: XMLTrial?
    for byteCount in Self.surveyByteCounts {
      candidates = try XMLSurvey.candidates(
        of: source,
        atMostBytes: byteCount,
        maximumRowByteCount: options.maximumRowByteCount
      )
      var trials: [XMLTrial] = []
      for candidate in considered(candidates) {
        let trial = try trial(candidate, atMostBytes: byteCount)
        if trial.match != nil {
          trials.append(trial)
        } else if refused.map({ trial.tellsMore(than: $0) }) ?? true {
          refused = trial
        }
      }
      trials.removeAll { trial in candidates.contains { trial.wraps($0) } }
      if let best = trials.max(by: { $1.isBetter(than: $0) }) { return findings(of: best) }
      if isRaw, let best = Self.mostRecordLike(considered(candidates)) {
        return findings(of: try read(best, atMostBytes: byteCount))
      }
    }
    if candidates.allSatisfy({ $0.holdsOnlyRootAttributes }),
      let root = try XMLEmptyRoot.name(
        in: source,
        maximumRowByteCount: options.maximumRowByteCount
      )
    {
      return try emptyFindings(root: root)
    }
    // What was not found may stand behind a fault, which is then what to mend first.
    let byteCount = Self.surveyByteCounts.last ?? 0
    try XMLSurvey.requireWellFormedHead(
      of: source,
      atMostBytes: byteCount,
      maximumRowByteCount: options.maximumRowByteCount
    )
    throw failure(candidates, refused?.refusal)
  }

  // MARK: Candidates

  /// The elements that may be records: those the user names, or all.
  private func considered(_ candidates: [XMLRecordCandidate]) -> [XMLRecordCandidate] {
    guard let wanted = options.recordPath else {
      return candidates.filter { !$0.fields.isEmpty }
    }
    let isAnywhere = wanted.count == 1 || wanted.first == "**"
    let names = (wanted.first == "**" ? wanted.dropFirst() : wanted[...]).map { step in
      step.split(separator: ":").last.map(String.init) ?? step
    }
    return candidates.filter {
      isAnywhere ? Array($0.path.suffix(names.count)) == names : $0.path == names
    }
  }

  /// Matches an element's columns; its records are only read when the names do not rule it out.
  private func trial(
    _ candidate: XMLRecordCandidate,
    atMostBytes byteCount: Int
  ) throws(ImportError) -> XMLTrial {
    let byName = XMLTrial(candidate, columns: candidate.fields, ColumnSamples(), options)
    if case .failure(let refusal) = byName.result, refusal.isAboutMissingColumns { return byName }
    return try read(candidate, atMostBytes: byteCount)
  }

  /// Reads the first records of an element and matches the columns they have.
  ///
  /// An element around all records does not end in the head of a big document.
  private func read(
    _ candidate: XMLRecordCandidate,
    atMostBytes byteCount: Int
  ) throws(ImportError) -> XMLTrial {
    let reader = reader(of: candidate)
    var batch = RowBatch()
    var rows: [[String]] = []
    while rows.count < ColumnSamples.maximumRowCount,
      try reader.read(into: &batch, atMostBytes: byteCount)
    {
      rows += ColumnSamples(batch).rows
    }
    return XMLTrial(candidate, columns: reader.columns, ColumnSamples(rows: rows), options)
  }

  private func reader(of candidate: XMLRecordCandidate) -> XMLReader {
    XMLReader(
      source: source,
      recordPath: options.recordPath ?? candidate.path,
      tellsOthers: options.recordPath == nil && !isRaw,
      maximumFieldByteCount: options.maximumFieldByteCount,
      maximumRowByteCount: options.maximumRowByteCount
    )
  }

  /// The element to show when no columns are known: one that repeats, with a usual name.
  private static func mostRecordLike(_ candidates: [XMLRecordCandidate]) -> XMLRecordCandidate? {
    candidates.max { left, right in
      (left.count > 1 ? 1 : 0, XMLTrial.nameRank(left), -left.path.count, left.count)
        < (right.count > 1 ? 1 : 0, XMLTrial.nameRank(right), -right.path.count, right.count)
    }
  }

  // MARK: Results

  private func findings(of trial: XMLTrial) -> OpenInput.Findings {
    let match = isRaw ? nil : trial.match
    return OpenInput.Findings(
      reader: reader(of: trial.candidate),
      format: .xml,
      columns: trial.columns,
      match: match ?? ColumnMatch(kind: options.kind ?? .users),
      samples: trial.samples,
      recordPath: trial.candidate.path
    )
  }

  /// A root without any record, the twin of a CSV input that has only a header.
  private func emptyFindings(root: String) throws(ImportError) -> OpenInput.Findings {
    guard isRaw || options.allowsEmpty else {
      throw ImportError(
        refusing: source.name,
        because: Finding(.fileHeaderOnly, .refusal, text: root)
      )
    }
    let isOfExtensions = root.lowercased().contains("extension")
    let kind = options.kind ?? (isOfExtensions ? .extensions : .users)
    let record = kind == .users ? "user" : "extension"
    let candidate = XMLRecordCandidate(path: [root, record], count: 0, fields: [])
    return OpenInput.Findings(
      reader: reader(of: candidate),
      format: .xml,
      columns: [],
      match: ColumnMatch(kind: kind),
      samples: ColumnSamples(),
      recordPath: candidate.path
    )
  }

  private func failure(
    _ candidates: [XMLRecordCandidate],
    _ refusal: ColumnRefusal?
  ) -> ImportError {
    let hasRecords = options.recordPath != nil || candidates.contains { $0.count > 1 }
    if let refusal, hasRecords || refusal.finding.suggestion != nil {
      return ImportError(refusing: source.name, because: refusal.finding)
    }
    let found = candidates.prefix(10).map { $0.path.joined(separator: "/") }
    return ImportError(
      refusing: source.name,
      because: Finding(
        .xmlNoRecords,
        .refusal,
        text: options.recordPath?.joined(separator: "/"),
        suggestion: found.isEmpty ? nil : found.joined(separator: ", ")
      )
    )
  }
}
