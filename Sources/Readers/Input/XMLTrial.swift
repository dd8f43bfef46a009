import ImportModel
import Rows

/// What an XML input looks like when one element is taken for its records.
struct XMLTrial {
  let candidate: XMLRecordCandidate
  let columns: [String]
  let samples: ColumnSamples
  let result: Result<ColumnMatch, ColumnRefusal>

  init(
    _ candidate: XMLRecordCandidate,
    columns: [String],
    _ samples: ColumnSamples,
    _ options: ReadingOptions
  ) {
    self.candidate = candidate
    self.columns = columns
    self.samples = samples
    let matcher = ColumnMatcher(columns: columns, samples: samples, options: options, grows: true)
    result = Result { () throws(ColumnRefusal) in try matcher.match() }
  }

  /// What the columns mean; `nil` when they cannot be used.
  var match: ColumnMatch? { try? result.get() }

  /// Names that exports give their records.
  private static let usualNames: Set<String> = [
    "user", "extension", "record", "row", "item", "person", "employee", "entry", "directoryentry",
    "member", "contact",
  ]

  /// 1 for an element with a usual name, else 0.
  static func nameRank(_ candidate: XMLRecordCandidate) -> Int {
    usualNames.contains(candidate.path.last?.lowercased() ?? "") ? 1 : 0
  }

  /// Whether the keys stand in an element inside, which occurs more often than this one.
  func wraps(_ other: XMLRecordCandidate) -> Bool {
    guard other.count > candidate.count, other.path.count > candidate.path.count,
      Array(other.path.prefix(candidate.path.count)) == candidate.path
    else { return false }
    let inside = other.path.dropFirst(candidate.path.count).joined(separator: "/") + "/"
    return keyColumns.contains { $0.hasPrefix(inside) }
  }

  /// Whether this element is the better choice: it has both keys, as directly as can be.
  func isBetter(than other: Self) -> Bool { merit > other.merit }

  private var merit: (Int, Int, Int, Int, Int, Int) {
    let keys = keyColumns
    let nesting = keys.map { $0.utf8.count { $0 == UInt8(ascii: "/") } }.reduce(0, +)
    return (
      repeats, keys.count + (match?.kind == .users ? 2 : 0), -nesting, candidate.path.count,
      Self.nameRank(candidate), candidate.count
    )
  }

  private var repeats: Int { candidate.count > 1 ? 1 : 0 }

  /// Why the columns cannot be used; `nil` when they can.
  var refusal: ColumnRefusal? {
    guard case .failure(let refusal) = result else { return nil }
    return refusal
  }

  /// Whether this refusal is worth more to say: a doubt about columns that are there, a probable
  /// slip, an element that repeats and has much of its own.
  func tellsMore(than other: Self) -> Bool { weight > other.weight }

  private var weight: (Int, Int, Int) {
    guard let refusal else { return (-1, 0, 0) }
    let isSlip = refusal.finding.code == .mapInvalid || refusal.finding.suggestion != nil
    let ownCount = candidate.fields.count { !$0.contains("/") }
    return (!refusal.isAboutMissingColumns ? 2 : isSlip ? 1 : 0, repeats, ownCount)
  }

  private var keyColumns: [String] {
    guard let match else { return [] }
    let keys: [Field] =
      match.kind == .users ? [.userID, .extensionNumber] : [.extensionID, .extensionNumber]
    return keys.compactMap { match.mapping[$0].map { columns[$0] } }
  }
}
