import Bytes

/// One input's part of a plan.
package struct PlanInput: Sendable {
  /// The name given by the user, `-` for standard input.
  package var name: String
  package var kind: InputKind
  /// Whether there is a column that names extensions.
  package var hasExtensionColumn: Bool
  /// Whether rows say who their users are, so that they introduce those that are not known.
  package var introducesUsers: Bool
  /// The rows, as indexes in the plan.
  package var rows: Range<Int>

  /// Makes an input's part without rows yet.
  package init(name: String, kind: InputKind, hasExtensionColumn: Bool, introducesUsers: Bool) {
    self.name = name
    self.kind = kind
    self.hasExtensionColumn = hasExtensionColumn
    self.introducesUsers = introducesUsers
    rows = 0..<0
  }
}

/// Every data row of a run, in input order, packed; what everything after reading works on.
///
/// Rows are appended once, input by input. Their places in the inputs are kept as offsets from
/// checkpoints, so that a row costs 24 bytes however big the inputs are. What rows say beyond id
/// and extension stays in the inputs and is found again by position.
package struct Plan: ~Copyable, Sendable {
  /// The rows.
  ///
  /// Their number is below 2^32.
  package private(set) var rows: PackedArray<PlanRow>
  /// The inputs, in the order given.
  package private(set) var inputs: [PlanInput] = []
  /// Findings that need other rows or the store, sorted by row once `sortFindings` ran.
  package private(set) var findings: PackedArray<PlanFinding>
  /// Findings that need only the row itself.
  package internal(set) var kept = KeptFindings()
  /// Groups of rows that findings point to, one after the other.
  package var groups: RowGroups
  /// Extensions that rows replace.
  package private(set) var previous: PackedArray<PreviousExtension>
  /// A digest a row of what it records beside the extension; empty unless digests are kept.
  package private(set) var digests: PackedArray<UInt64>
  /// A digest a row of its e-mail address (`EmailDigest`); empty unless they are kept.
  package private(set) var emailDigests: PackedArray<UInt64>
  /// Whether e-mail digests are kept: only a run that knows extensions compares addresses.
  package let keepsEmailDigests: Bool
  /// Whether digests are kept: only a store that knows somebody has something to compare with.
  package let keepsDigests: Bool

  /// Whether some row that was added has no extension cell at all (`RowFlags.extensionAbsent`).
  package private(set) var hasAbsentExtensions = false

  /// Where rows stand; the first row of every input has one.
  private(set) var checkpoints: PackedArray<Checkpoint>

  /// The most rows a plan can hold.
  package static let maximumRowCount = Int(UInt32.max) - 1

  /// Makes an empty plan.
  package init(keepsDigests: Bool, keepsEmailDigests: Bool = false) {
    rows = PackedArray()
    findings = PackedArray()
    groups = RowGroups()
    previous = PackedArray()
    digests = PackedArray()
    checkpoints = PackedArray()
    emailDigests = PackedArray()
    self.keepsDigests = keepsDigests
    self.keepsEmailDigests = keepsEmailDigests
  }

  /// Number of rows.
  package var count: Int { rows.count }

  /// The row at `index`.
  package subscript(index: Int) -> PlanRow {
    get { rows[index] }
    set { rows[index] = newValue }
  }

  /// Begins the next input; rows appended from now on are its.
  package mutating func begin(_ input: PlanInput) {
    var input = input
    input.rows = rows.count..<rows.count
    inputs.append(input)
  }

  /// Makes room for rows that are expected; more may come.
  package mutating func reserve(rowCount: Int) {
    let rowCount = min(rowCount, Self.maximumRowCount)
    rows.reserveCapacity(rowCount)
    kept.reserve(rowCount: rowCount)
    if keepsDigests { digests.reserveCapacity(rowCount) }
    if keepsEmailDigests { emailDigests.reserveCapacity(rowCount) }
  }

  /// Corrects what is known of the input whose rows are being appended.
  package mutating func updateInput(hasExtensionColumn: Bool, introducesUsers: Bool) {
    let last = inputs.count - 1
    precondition(last >= 0, "an input must have begun")
    inputs[last].hasExtensionColumn = hasExtensionColumn
    inputs[last].introducesUsers = introducesUsers
  }

  /// Adds the next row of the input that began last.
  ///
  /// - Parameters:
  ///   - row: the packed row.
  ///   - position: where it stands; positions grow within an input.
  ///   - digest: of what it records; ignored unless digests are kept.
  ///   - emailDigest: of its e-mail address; ignored unless e-mail digests are kept.
  package mutating func append(
    _ row: PlanRow,
    at position: Position,
    digest: UInt64,
    emailDigest: UInt64 = 0
  ) {
    let input = inputs.count - 1
    precondition(input >= 0 && rows.count < Self.maximumRowCount, "a plan without room or input")
    var row = row
    if let last = checkpoints.last, continues(last, at: position) {
      row.place(
        locator: UInt32(truncatingIfNeeded: position.offset - last.offset),
        lineDrift: last.lineDrift(to: position)
      )
    } else {
      row.place(locator: 0, lineDrift: 0)
      addCheckpoint(at: position)
    }
    rows.append(row)
    if row.flags.hasAny(of: .extensionAbsent) { hasAbsentExtensions = true }
    if keepsDigests { digests.append(digest) }
    if keepsEmailDigests { emailDigests.append(emailDigest) }
    inputs[input].rows = inputs[input].rows.lowerBound..<rows.count
  }

  /// Adds rows of users of the input that began last, of one line each and with nothing between them.
  ///
  /// Neither kind of digest may be kept.
  ///
  /// - Parameters:
  ///   - keys: where their ids and extensions are, which are well-formed.
  ///   - range: which they are.
  ///   - position: where the first one stands; positions grow within an input.
  package mutating func append(
    _ keys: borrowing PackedArray<RecordKeys>,
    _ range: Range<Int>,
    at position: Position
  ) {
    guard !range.isEmpty else { return }
    let input = inputs.count - 1
    precondition(
      input >= 0 && rows.count + range.count <= Self.maximumRowCount,
      "a plan without room or input"
    )
    precondition(!keepsDigests && !keepsEmailDigests, "rows without digests")
    let byteCount = keys[range.upperBound - 1].distance
    var base = UInt32(0)
    var lineDrift = Int64(0)
    if let last = checkpoints.last, continues(last, at: position, byteCount: byteCount) {
      base = UInt32(truncatingIfNeeded: position.offset - last.offset)
      lineDrift = last.lineDrift(to: position)
    } else {
      addCheckpoint(at: position)
    }
    for place in range {
      let keys = keys[place]
      rows.append(PlanRow(keys, locator: base &+ keys.distance, lineDrift: lineDrift))
    }
    inputs[input].rows = inputs[input].rows.lowerBound..<rows.count
  }

  /// Whether the next row can be placed by a checkpoint, and others up to `byteCount` behind it.
  @inline(__always)
  private func continues(
    _ checkpoint: Checkpoint,
    at position: Position,
    byteCount: UInt32 = 0
  ) -> Bool {
    let rowsSince = UInt32(truncatingIfNeeded: rows.count - Int(checkpoint.firstIndex))
    return Int(checkpoint.input) == inputs.count - 1
      && checkpoint.rowNumber &+ rowsSince == position.row
      && position.offset - checkpoint.offset + UInt64(byteCount) <= UInt64(UInt32.max)
      && PlanRow.lineDrift.contains(checkpoint.lineDrift(to: position))
  }

  private mutating func addCheckpoint(at position: Position) {
    checkpoints.append(
      Checkpoint(
        firstIndex: UInt32(truncatingIfNeeded: rows.count),
        input: UInt32(inputs.count - 1),
        rowNumber: position.row,
        line: position.line,
        offset: position.offset
      )
    )
  }

  /// Takes back the rows from `index` to the end; they must belong to the last input.
  package mutating func removeSuffix(from index: Int) {
    let input = inputs.count - 1
    precondition(input >= 0 && index >= inputs[input].rows.lowerBound, "rows of another input")
    rows.removeSuffix(from: index)
    if keepsDigests { digests.removeSuffix(from: index) }
    if keepsEmailDigests { emailDigests.removeSuffix(from: index) }
    kept.removeSuffix(from: index)
    while let last = checkpoints.last, Int(last.firstIndex) >= index {
      checkpoints.removeSuffix(from: checkpoints.count - 1)
    }
    inputs[input].rows = inputs[input].rows.lowerBound..<index
  }

  /// The input of a row.
  ///
  /// Logarithmic in the number of inputs.
  package func input(of index: Int) -> Int {
    var low = 0
    var high = inputs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if inputs[middle].rows.lowerBound <= index { low = middle } else { high = middle }
    }
    // Inputs without rows share their bound with the next one; the row's own input is the last.
    return low
  }

  /// Where a row stands.
  ///
  /// Logarithmic in the number of checkpoints.
  package func position(of index: Int) -> Position {
    position(of: index, checkpoint: checkpointIndex(of: index))
  }

  /// Adds a finding about a row and marks the row; notes leave no mark.
  package mutating func add(_ finding: PlanFinding) {
    findings.append(finding)
    var flags = rows[Int(finding.row)].flags
    if finding.severity >= .error { flags.insert(.rejected) }
    if finding.severity >= .warning { flags.insert(.planFindings) }
    rows[Int(finding.row)].flags = flags
  }

  /// Notes the extension that a row replaces.
  package mutating func addPrevious(_ number: ExtensionNumber, row: Int) {
    previous.append(PreviousExtension(row: UInt32(row), place: number.place))
    rows[row].flags.insert(.hasPrevious)
  }

  /// Puts findings and previous values in the order of the rows; findings of a row keep theirs by
  /// severity, the gravest first.
  package mutating func sortFindings() {
    findings.sort {
      ($0.row, $1.severity.rawValue, $0.code.rawValue)
        < ($1.row, $0.severity.rawValue, $1.code.rawValue)
    }
    previous.sort { $0.row < $1.row }
  }

  /// The checkpoint that holds a row.
  ///
  /// Logarithmic in their number.
  func checkpointIndex(of index: Int) -> Int {
    precondition(index >= 0 && index < rows.count, "a row outside the plan")
    var low = 0
    var high = checkpoints.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(checkpoints[middle].firstIndex) <= index { low = middle } else { high = middle }
    }
    return low
  }

  /// Where a row stands, by the checkpoint that holds it.
  func position(of index: Int, checkpoint: Int) -> Position {
    let checkpoint = checkpoints[checkpoint]
    let row = rows[index]
    let rowsSince = UInt32(truncatingIfNeeded: index - Int(checkpoint.firstIndex))
    return Position(
      row: checkpoint.rowNumber + rowsSince,
      line: UInt32(Int64(checkpoint.line) + Int64(rowsSince) + row.lineDrift),
      offset: checkpoint.offset + UInt64(row.locator)
    )
  }
}

/// The extension that a row replaces.
package struct PreviousExtension: BitwiseCopyable, Sendable {
  /// The row, as its index in the plan.
  package var row: UInt32
  /// The extension's place among all extensions.
  package var place: UInt64
}

/// A row whose position is written out; the rows after it only note how far they are from it.
struct Checkpoint: BitwiseCopyable {
  var firstIndex: UInt32
  var input: UInt32
  var rowNumber: UInt32
  var line: UInt32
  var offset: UInt64

  func lineDrift(to position: Position) -> Int64 {
    Int64(position.line) - Int64(line) - (Int64(position.row) - Int64(rowNumber))
  }
}
