import Bytes
import ImportModel
import Rows

/// Finds the delimiter and the header of a CSV input, by trying them.
///
/// The right delimiter is the one under which the columns that are needed exist and the rows agree
/// in width. Rows above the header, such as a title, are skipped.
struct CSVOpener {
  let source: InputSource
  let options: ReadingOptions
  /// Whether unknown columns are welcome.
  let isRaw: Bool

  func open() throws(ImportError) -> OpenInput.Findings {
    let directive = try sepDirective()
    let start = directive?.end ?? Position(row: 1, line: 1, offset: source.textStart)
    let delimiters =
      (options.delimiter ?? directive?.delimiter).map { [$0] } ?? DelimiterNames.candidates
    var heads: [CSVHead] = []
    for delimiter in delimiters {
      heads.append(try CSVHead(source, CSVDialect(delimiter: delimiter), start, options))
    }
    if let rejects = heads.first(where: \.isRejects) { heads = [rejects] }
    let trials = heads.map { trial($0) }
    // Blank rows and comments are no content.
    if trials.allSatisfy({ $0.head.rows.isEmpty }) {
      throw ImportError(refusing: source.name, because: Finding(.fileEmpty, .refusal))
    }
    var findings = try findings(of: choose(trials), start: start)
    if let directive {
      let text = DelimiterNames.name(of: directive.delimiter)
      findings.remarks.insert(Finding(.sepDirective, .note, text: text), at: 0)
    }
    return findings
  }

  // MARK: Trying

  /// Looks for the header under one delimiter.
  private func trial(_ head: CSVHead) -> CSVTrial {
    let width = head.usualWidth
    guard options.hasHeader else {
      if let numbered = head.numberedColumns { return trial(head, header: 0, columns: numbered) }
      return trial(head, header: nil, columns: (1...max(1, width)).map { String($0) })
    }
    var refused: CSVTrial?
    let rows = head.isRejects ? 0..<1 : head.names.indices
    for row in rows where head.canBeHeader(row) {
      let trial = trial(head, header: row, columns: head.names[row])
      switch trial.result {
      case .success: return trial
      case .failure(let refusal):
        if !refusal.isAboutMissingColumns { return trial }
        // The widest of the first rows is the one that is most like a header.
        if refused == nil || trial.columns.count > (refused?.columns.count ?? 0) { refused = trial }
      }
    }
    return refused ?? trial(head, header: nil, columns: [])
  }

  private func trial(_ head: CSVHead, header: Int?, columns: [String]) -> CSVTrial {
    let samples = head.samples(after: header)
    let matcher = ColumnMatcher(columns: columns, samples: samples, options: options)
    let result = Result { () throws(ColumnRefusal) in try matcher.match() }
    return CSVTrial(
      head: head,
      header: header,
      columns: columns,
      samples: samples,
      result: result,
      agreement: head.agreement(withWidth: columns.count, after: header)
    )
  }

  private func choose(_ trials: [CSVTrial]) throws(ImportError) -> CSVTrial {
    let matching = trials.filter { (try? $0.result.get()) != nil }.sorted { $0.isBetter(than: $1) }
    if let best = matching.first {
      let equal = matching.filter { !best.isBetter(than: $0) }
      if equal.count > 1, best.columns.count > 1 { throw ambiguous(equal) }
      return best
    }
    let likely = trials.sorted { $0.isMorePlausible(than: $1) }
    if options.hasHeader {
      for trial in likely where trial.head.heads.first?.damage == .tooManyColumns {
        try refuseWideRecord(of: trial.head)
      }
    }
    if isRaw, let best = likely.first { return best }
    guard case .failure(let refusal) = likely.first?.result else {
      preconditionFailure("a choice among no delimiters")
    }
    if !options.hasHeader {
      let equal = likely.filter { !likely[0].isMorePlausible(than: $0) }
      if equal.count > 1, likely[0].columns.count > 1 { throw ambiguous(equal) }
    }
    throw ImportError(refusing: source.name, because: refusal.finding)
  }

  private func refuseWideRecord(of head: CSVHead) throws(ImportError) {
    guard let record = head.wideRecord else { return }
    throw ImportError(
      refusing: source.name,
      because: Finding(
        .tooManyColumns,
        .refusal,
        number: Int(record.damageNumber),
        limit: Int(record.damageLimit)
      ),
      line: record.position.line
    )
  }

  private func ambiguous(_ trials: [CSVTrial]) -> ImportError {
    let names = trials.map { DelimiterNames.name(of: $0.head.dialect.delimiter) }
    return ImportError(
      refusing: source.name,
      because: Finding(.delimiterAmbiguous, .refusal, text: names.joined(separator: " or "))
    )
  }

  // MARK: Opening

  private func findings(
    of trial: CSVTrial,
    start: Position
  ) throws(ImportError) -> OpenInput.Findings {
    let dialect = trial.head.dialect
    var trial = trial
    if isRaw { trial.takeFirstRowAsHeader(options) }
    if trial.header == nil, trial.head.isWide { try refuseWideRecord(of: trial.head) }
    let header = trial.header.map { trial.head.heads[$0] }
    let first = try header.map { head throws(ImportError) in try place(after: head) } ?? start
    let reader = CSVReader(
      source: source,
      dialect: dialect,
      columns: trial.columns,
      start: first,
      expectedWidth: trial.columns.count,
      repeatedHeader: header == nil ? nil : trial.columns,
      maximumFieldByteCount: options.maximumFieldByteCount,
      maximumRowByteCount: options.maximumRowByteCount
    )
    if !isRaw, !options.allowsEmpty, trial.samples.rows.isEmpty {
      try requireRow(CSVHead(source, dialect, first, options))
    }
    let match = isRaw ? nil : try? trial.result.get()
    var findings = OpenInput.Findings(
      reader: reader,
      format: .csv,
      columns: trial.columns,
      match: match ?? ColumnMatch(kind: options.kind ?? .users),
      samples: trial.samples,
      dialect: dialect,
      header: header.map { $0.position.offset..<$0.position.offset + $0.byteCount }
    )
    if let titles = trial.header, titles > 0 {
      findings.remarks.append(Finding(.titleRow, .warning, number: titles))
    }
    return findings
  }

  private func requireRow(_ head: CSVHead) throws(ImportError) {
    guard head.heads.isEmpty else { return }
    throw ImportError(refusing: source.name, because: Finding(.fileHeaderOnly, .refusal))
  }

  /// Where the record after the header's begins.
  private func place(after header: RowHead) throws(ImportError) -> Position {
    let end = header.position.offset + header.byteCount
    let lineEnd = try bytes(at: end, count: 2)
    let length = lineEnd == [0x0D, 0x0A] ? 2 : min(1, lineEnd.count)
    return Position(
      row: header.position.row + 1,
      line: header.position.line + max(1, header.lineCount),
      offset: end + UInt64(length)
    )
  }

  /// Excel's first line `sep=;`, which names the delimiter.
  private func sepDirective() throws(ImportError) -> (delimiter: UInt8, end: Position)? {
    let all = try bytes(at: source.textStart, count: 9)
    var line = all.prefix { $0 != 0x0A && $0 != 0x0D }
    let lineCount = line.count
    guard lineCount < all.count else { return nil }
    if line.count == 7, line.first == 0x22, line.last == 0x22 {
      line = line.dropFirst().dropLast()
    }
    guard line.count == 5, let delimiter = line.last, delimiter < 0x80, delimiter != 0x22,
      String(decoding: line.dropLast(), as: UTF8.self).lowercased() == "sep="
    else { return nil }
    let length = all.dropFirst(lineCount).starts(with: [0x0D, 0x0A]) ? 2 : 1
    let end = source.textStart + UInt64(lineCount + length)
    return (delimiter, Position(row: 1, line: 2, offset: end))
  }

  private func bytes(at offset: UInt64, count: Int) throws(ImportError) -> [UInt8] {
    var buffer = ByteBuffer(minimumCapacity: count)
    var got = 1
    while got > 0 && buffer.count < count {
      let place = offset + UInt64(buffer.count)
      got = try source.read(at: place, into: &buffer, atMost: count - buffer.count)
    }
    return (0..<buffer.count).map { buffer[$0] }
  }
}
