import Bytes
import ImportModel
import Rows

/// The first records of a CSV input, read under one delimiter.
struct CSVHead {
  let dialect: CSVDialect
  let heads: [RowHead]
  /// The records' values, trimmed and shortened.
  let rows: [[String]]
  /// The values of the first records as they stand, of which one may be the header.
  let names: [[String]]

  /// Records that are looked at.
  private static let rowCount = 60
  /// Records in which the header is looked for.
  static let headerRowCount = 10

  init(
    _ source: InputSource,
    _ dialect: CSVDialect,
    _ start: Position,
    _ options: ReadingOptions
  ) throws(ImportError) {
    self.dialect = dialect
    let reader = CSVReader(
      source: source,
      dialect: dialect,
      columns: [],
      start: start,
      expectedWidth: nil,
      repeatedHeader: nil,
      maximumFieldByteCount: options.maximumFieldByteCount,
      maximumRowByteCount: options.maximumRowByteCount
    )
    var batch = RowBatch()
    var heads: [RowHead] = []
    var rows: [[String]] = []
    var names: [[String]] = []
    // A pipe may give a header first and its rows later.
    while heads.count < Self.rowCount, try reader.read(into: &batch) {
      for row in 0..<min(batch.count, Self.rowCount - heads.count) {
        let values = ColumnSamples.values(ofRow: row, in: batch)
        heads.append(batch.rows[row])
        rows.append(values)
        guard names.count < Self.headerRowCount else { continue }
        names.append(values.indices.map { String(utf8: batch.value(ofColumn: $0, row: row)) })
      }
    }
    self.heads = heads
    self.rows = rows
    self.names = names
  }

  /// Whether a record's fields can be trusted to be names.
  func canBeHeader(_ row: Int) -> Bool {
    switch heads[row].damage {
    case nil, .strayQuote, .textAfterQuote: true
    default: false
    }
  }

  /// The first record that has more columns than are read.
  var wideRecord: RowHead? { heads.first { $0.damage == .tooManyColumns } }

  /// Whether most records have more columns than are read.
  var isWide: Bool { 2 * heads.count { $0.damage == .tooManyColumns } > heads.count }

  /// The most frequent number of fields; of two, the bigger.
  var usualWidth: Int {
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.count, default: 0] += 1 }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  /// Whether the first record is the one that a rejects file begins with: the input's columns, and
  /// behind them those that were added.
  ///
  /// What follows are damaged rows and sentences, which say nothing about the dialect.
  var isRejects: Bool {
    guard let first = names.first, first.count > ColumnName.added.count else { return false }
    return canBeHeader(0) && first.suffix(ColumnName.added.count) == ColumnName.added[...]
  }

  /// The first record when it begins a rejects file of an input without a header: the numbers of the
  /// input's columns stand for their names.
  var numberedColumns: [String]? {
    guard isRejects, let first = names.first else { return nil }
    let numbers = first.dropLast(ColumnName.added.count)
    return numbers.indices.allSatisfy { numbers[$0] == String($0 + 1) } ? first : nil
  }

  /// The records after the header, as samples.
  func samples(after header: Int?) -> ColumnSamples {
    ColumnSamples(rows: Array(rows.dropFirst(header.map { $0 + 1 } ?? 0)))
  }

  /// The share of the records after the header that have its width.
  func agreement(withWidth width: Int, after header: Int?) -> Double {
    let widths = rows.dropFirst(header.map { $0 + 1 } ?? 0).map(\.count)
    guard !widths.isEmpty else { return 1 }
    return Double(widths.count { $0 == width }) / Double(widths.count)
  }
}

/// What an input looks like under one delimiter.
struct CSVTrial {
  var head: CSVHead
  /// The header among the first records; `nil` without one.
  var header: Int?
  var columns: [String]
  var samples: ColumnSamples
  var result: Result<ColumnMatch, ColumnRefusal>
  var agreement: Double

  /// Whether this delimiter explains the input better, both having the columns that are needed.
  func isBetter(than other: Self) -> Bool { merit > other.merit }

  private var merit: (Int, Int, Double, Int, Int) {
    let match = try? result.get()
    let holdsIDs = match?.mapping[.userID].map { samples.holdObjectIDs(inColumn: $0) } ?? false
    return (
      holdsIDs ? 1 : 0, columns.count > 1 ? 1 : 0, agreement, match?.fieldCount ?? 0, columns.count
    )
  }

  /// Whether this delimiter is the likelier one, both lacking columns.
  func isMorePlausible(than other: Self) -> Bool { plausibility > other.plausibility }

  private var plausibility: (Int, Int, Double, Int) {
    let width = head.usualWidth
    let consistency = width > 1 ? head.agreement(withWidth: width, after: nil) : 0
    guard case .failure(let refusal) = result else { return (2, 1, consistency, width) }
    return (refusal.isAboutMissingColumns ? 0 : 1, columns.count > 1 ? 1 : 0, consistency, width)
  }

  /// Takes the first record for the header when none was recognised by its names.
  mutating func takeFirstRowAsHeader(_ options: ReadingOptions) {
    if case .success = result { return }
    guard options.hasHeader, let first = head.names.first else { return }
    header = 0
    columns = first
    samples = head.samples(after: 0)
  }
}
