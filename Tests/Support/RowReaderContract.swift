package import ImportModel
package import Readers
package import Rows

/// All that one reader gave.
package struct ReadResult: Equatable, Sendable {
  package var rows: [ReadRow] = []
  package var columns: [String] = []
  package var remarks: [Finding] = []
  /// The description of the error that ended the reading.
  package var error: String?
}

/// What every `RowReader` promises, checked over one input.
///
/// The checks answer with sentences instead of failing a test themselves, so that this target needs
/// no testing library: `#expect(contract.violations(of: bytes) == [])`.
package struct RowReaderContract {
  /// Makes a new reader of a source.
  package typealias MakeReader = (any TextSource) throws(ImportError) -> any RowReader

  /// Inputs up to this length are split at every byte; longer ones at about so many places.
  package var splitCount = 400
  /// Whether the same error must end the reading.
  ///
  /// A document with several faults is refused in any case; which of them libxml2 comes upon first
  /// depends on the pieces it is given.
  package var tellsErrorsApart = true

  private let makeReader: MakeReader

  /// Makes the contract of the readers that `makeReader` makes.
  package init(makeReader: @escaping MakeReader) { self.makeReader = makeReader }

  /// Everything that a new reader gives for an input handed out in pieces.
  package func result(
    of bytes: [UInt8],
    cutting: MemorySource.Cutting = .whole
  ) -> ReadResult {
    var result = ReadResult()
    do throws(ImportError) {
      let reader = try makeReader(MemorySource(bytes, cutting: cutting))
      var batch = RowBatch()
      do throws(ImportError) {
        while try reader.read(into: &batch) { Self.append(batch, to: &result) }
      } catch {
        result.error = String(describing: error)
      }
      result.columns = reader.columns
      result.remarks = reader.remarks
    } catch {
      result.error = String(describing: error)
    }
    if !tellsErrorsApart && result.error != nil { result.error = "an error" }
    return result
  }

  /// All checks over one input; one sentence per broken promise, empty when all are kept.
  package func violations(of bytes: [UInt8]) -> [String] {
    let step = max(1, bytes.count / splitCount)
    var cuttings: [MemorySource.Cutting] = []
    for place in stride(from: 1, through: max(1, bytes.count), by: step) {
      cuttings.append(.split(at: place))
      cuttings.append(.pieces(of: place))
    }
    return violations(
      of: bytes,
      reading: cuttings,
      rereading: [.whole, .pieces(of: 1), .pieces(of: 7)]
    )
  }

  /// The checks over one input with cuttings to read it in, and some to read it again in.
  package func violations(
    of bytes: [UInt8],
    reading cuttings: [MemorySource.Cutting],
    rereading others: [MemorySource.Cutting]
  ) -> [String] {
    let whole = result(of: bytes)
    var violations = splittingViolations(of: bytes, cuttings, whole: whole)
    violations += orderViolations(of: whole)
    guard whole.error == nil else { return violations }
    for cutting in others {
      do throws(ImportError) {
        violations += try rereadingViolations(of: bytes, cutting: cutting, whole: whole)
      } catch {
        violations.append("\(cutting): reading again failed: \(error)")
      }
    }
    return violations
  }

  /// The same rows, columns, remarks and errors, however the input is cut.
  private func splittingViolations(
    of bytes: [UInt8],
    _ cuttings: [MemorySource.Cutting],
    whole: ReadResult
  ) -> [String] {
    var violations: [String] = []
    for cutting in cuttings {
      let other = result(of: bytes, cutting: cutting)
      if other != whole {
        violations.append("\(cutting): \(Self.difference(whole, other))")
        if violations.count >= 3 { break }
      }
    }
    return violations
  }

  /// Rows in the order of the input, none over another.
  private func orderViolations(of whole: ReadResult) -> [String] {
    var violations: [String] = []
    for (row, next) in zip(whole.rows, whole.rows.dropFirst()) {
      if next.position.row <= row.position.row || next.position.line < row.position.line {
        violations.append("\(next.position) does not come after \(row.position)")
      }
      if next.position.offset < row.position.offset + row.byteCount {
        violations.append("\(next.position) begins inside the row at \(row.position)")
      }
    }
    return violations
  }

  /// `fetch` gives what `read` gave, in any order and in between reads; `false` stays `false`.
  private func rereadingViolations(
    of bytes: [UInt8],
    cutting: MemorySource.Cutting,
    whole: ReadResult
  ) throws(ImportError) -> [String] {
    let reader = try makeReader(MemorySource(bytes, cutting: cutting))
    var violations: [String] = []
    var batch = RowBatch()
    var fetched = RowBatch()
    var result = ReadResult()
    while try reader.read(into: &batch) {
      if batch.count == 0 { violations.append("\(cutting): `read` gave no row and not `false`") }
      Self.append(batch, to: &result)
      guard let first = result.rows.first, let last = result.rows.last else { continue }
      for row in [first, last] {
        try reader.fetch(row.position, into: &fetched)
        violations += Self.fetchViolations(fetched, expected: row)
      }
    }
    for _ in 0..<2 {
      if try reader.read(into: &batch) || batch.count != 0 {
        violations.append("\(cutting): `read` gave rows after it gave `false`")
      }
    }
    result.columns = reader.columns
    result.remarks = reader.remarks
    if result != whole {
      violations.append("\(cutting): fetching changed reading: \(Self.difference(whole, result))")
    }
    // Near each other, backwards, and far from each other.
    let far = stride(from: 0, to: whole.rows.count, by: 29).map { whole.rows[$0] }
    for row in whole.rows + whole.rows.reversed() + far {
      try reader.fetch(row.position, into: &fetched)
      violations += Self.fetchViolations(fetched, expected: row)
      if violations.count >= 3 { break }
    }
    return violations + (try batchViolations(of: reader, whole: whole))
  }

  /// Fetching several rows gives the first one, and nothing behind it but the rows that follow.
  private func batchViolations(
    of reader: any RowReader,
    whole: ReadResult
  ) throws(ImportError) -> [String] {
    var violations: [String] = []
    var fetched = RowBatch()
    for (start, row) in whole.rows.enumerated() where violations.count < 3 {
      let limit = 1 + start % 5
      try reader.fetch(row.position, upTo: limit, into: &fetched)
      let rows = (0..<fetched.count).map { ReadRow($0, of: fetched) }
      if rows.isEmpty || rows.count > limit
        || rows != Array(whole.rows[start...].prefix(rows.count))
      {
        violations.append("fetch of up to \(limit) gave \(rows) at \(row.position)")
      }
    }
    return violations
  }

  private static func fetchViolations(
    _ batch: borrowing RowBatch,
    expected: ReadRow
  ) -> [String] {
    guard batch.count == 1 else { return ["fetch gave \(batch.count) rows for \(expected)"] }
    let row = ReadRow(0, of: batch)
    return row == expected ? [] : ["fetch gave \(row) for \(expected)"]
  }

  private static func append(_ batch: borrowing RowBatch, to result: inout ReadResult) {
    for index in 0..<batch.count { result.rows.append(ReadRow(index, of: batch)) }
  }

  private static func difference(_ expected: ReadResult, _ other: ReadResult) -> String {
    if expected.error != other.error {
      return "error \(other.error ?? "none"), not \(expected.error ?? "none")"
    }
    for (left, right) in zip(expected.rows, other.rows) where left != right {
      return "row \(right), not \(left)"
    }
    if expected.rows.count != other.rows.count {
      return "\(other.rows.count) rows, not \(expected.rows.count)"
    }
    if expected.columns != other.columns {
      return "columns \(other.columns), not \(expected.columns)"
    }
    return "remarks \(other.remarks), not \(expected.remarks)"
  }
}
