import Bytes

/// What is known of a row beside its id and its extension.
package struct RowFlags: OptionSet, BitwiseCopyable, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The id is well formed, and `id` holds it.
  package static let hasID = RowFlags(rawValue: 1 << 0)
  /// An error was found; the row writes nothing.
  package static let rejected = RowFlags(rawValue: 1 << 1)
  /// Reading and checking the row again gives findings worth a line.
  package static let cellFindings = RowFlags(rawValue: 1 << 2)
  /// The plan's findings hold some about the row.
  package static let planFindings = RowFlags(rawValue: 1 << 3)
  /// The present extension is to be taken away.
  package static let clears = RowFlags(rawValue: 1 << 4)
  /// The plan's previous values hold the extension that the row replaces.
  package static let hasPrevious = RowFlags(rawValue: 1 << 5)
  /// The store does not know the user or extension; the row introduces it.
  package static let introduces = RowFlags(rawValue: 1 << 6)
  /// What is recorded beside the extension differs from the store.
  package static let recordChanges = RowFlags(rawValue: 1 << 7)
  /// The extension was repaired before it was taken.
  package static let repaired = RowFlags(rawValue: 1 << 8)
  /// An earlier row says the same; this one does nothing.
  package static let repeated = RowFlags(rawValue: 1 << 9)
  /// The row leaves the user's extension alone, by rule or because it names none.
  package static let recordsOnly = RowFlags(rawValue: 1 << 10)
  /// The row has no extension cell at all; what that means in XML is settled when it is known
  /// whether any record has one.
  package static let extensionAbsent = RowFlags(rawValue: 1 << 11)
  /// The user has the extension already.
  package static let hasNumber = RowFlags(rawValue: 1 << 12)

  /// Any of these: there is something to explain about the row.
  package static let needExplaining: RowFlags = [.rejected, .cellFindings, .planFindings]

  /// Whether some flag of a set is set; `SetAlgebra` asks this a hundred times slower.
  package func hasAny(of flags: RowFlags) -> Bool { rawValue & flags.rawValue != 0 }
}

/// One data row of a run, packed into 24 bytes.
///
///     word:  63    51 50     48    47      46        34 33                     0
///            [ flags ] [outcome] [verbatim] [ line drift ] [ extension's place or 0 ]
///
/// `high` and `low` are the bytes of the ObjectId in a users export; in an extensions export `high`
/// is RingCentral's id and `low` the kind and state of the extension (`InventoryTraits`). `locator`
/// is the record's place in the input, in bytes after the plan's checkpoint before it; the
/// line drift is how far the record's line is from where it would be if every row since that
/// checkpoint had taken one line: line breaks in quotes add to it, rows on one line take away.
package struct PlanRow: BitwiseCopyable, Sendable {
  package var high: UInt64
  package var low: UInt32
  fileprivate(set) package var locator: UInt32
  private var word: UInt64

  /// Rows of the same outcome and flags have the same texts in lines.
  static let lineWord = KeyLineWord(
    placeMask: 1 << ExtensionNumber.bitWidth - 1,
    sameMask: ~0 << 48
  )

  /// How far a line may drift between two checkpoints.
  package static let lineDrift: ClosedRange<Int64> = -4096...4095

  private static let driftMask: UInt64 = 0x1FFF << ExtensionNumber.bitWidth
  private static let verbatimMask: UInt64 = 1 << 47

  /// Makes a row; the plan puts its place in.
  package init(
    high: UInt64,
    low: UInt32,
    extensionNumber: ExtensionNumber?,
    flags: RowFlags
  ) {
    self.high = high
    self.low = low
    locator = 0
    word =
      (extensionNumber?.place ?? 0) | UInt64(flags.rawValue) << 51 | Self.driftBits(0)
  }

  /// Makes the row of a user of whom id and extension say it all.
  @inline(__always)
  init(_ keys: RecordKeys, locator: UInt32, lineDrift: Int64) {
    high = keys.high
    low = keys.low
    self.locator = locator
    word =
      ExtensionNumber.place(of: keys.value, digitCount: keys.digitCount)
      | Self.driftBits(lineDrift) | Self.verbatimMask | UInt64(RowFlags.hasID.rawValue) << 51
  }

  @inline(__always)
  private static func driftBits(_ lineDrift: Int64) -> UInt64 {
    UInt64(lineDrift - Self.lineDrift.lowerBound) << ExtensionNumber.bitWidth
  }

  /// The ObjectId; meaningful when the flags say so.
  package var id: ObjectID { ObjectID(high: high, low: low) }

  /// The well-formed extension of the row.
  package var extensionNumber: ExtensionNumber? {
    ExtensionNumber(place: word & (1 << ExtensionNumber.bitWidth - 1))
  }

  /// Whether id and extension stand in the row just as reports write them, and nothing in it is worth
  /// a word.
  package var isVerbatim: Bool {
    get { word & Self.verbatimMask != 0 }
    set { word = newValue ? word | Self.verbatimMask : word & ~Self.verbatimMask }
  }

  /// What is known of the row.
  package var flags: RowFlags {
    get { RowFlags(rawValue: UInt16(truncatingIfNeeded: word >> 51)) }
    set { word = word & (1 << 51 - 1) | UInt64(newValue.rawValue) << 51 }
  }

  /// What became of the row.
  package var outcome: Outcome {
    get { Outcome(rawValue: UInt8(truncatingIfNeeded: word >> 48) & 7) ?? .undecided }
    set { word = word & ~(7 << 48) | UInt64(newValue.rawValue) << 48 }
  }

  /// Lines away from one a row since the checkpoint.
  package var lineDrift: Int64 {
    Int64((word & Self.driftMask) >> ExtensionNumber.bitWidth) + Self.lineDrift.lowerBound
  }

  /// Takes the extension that the target chose for the row.
  package mutating func take(_ number: ExtensionNumber) {
    word = word & ~(1 << ExtensionNumber.bitWidth - 1) & ~Self.verbatimMask | number.place
  }

  mutating func place(locator: UInt32, lineDrift: Int64) {
    precondition(Self.lineDrift.contains(lineDrift), "a row too far from its checkpoint")
    self.locator = locator
    word = word & ~Self.driftMask | Self.driftBits(lineDrift)
  }
}
