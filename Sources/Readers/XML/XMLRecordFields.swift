import Bytes
import ImportModel
import Rows

/// The fields of the record that is being read, until it is whole.
struct XMLRecordFields: ~Copyable {
  private let maximumByteCount: Int
  private let maximumFieldByteCount: Int
  private var values = ByteBuffer()
  /// What is known of a column.
  struct Slot: BitwiseCopyable {
    var range: ByteRange
    /// How often the column was met.
    var occurrences: UInt32

    static let missing = Slot(range: .absent, occurrences: 0)
  }

  /// The most columns that a record is taken to have before they are met.
  private static let expectedColumnCount = 64

  /// By column.
  private var slots = PackedArray<Slot>(minimumCapacity: 64)
  /// Whether a column was met more than once, or with elements in place of text.
  private var hasDamage = false
  private var longestByteCount = 0
  /// Whether the record's text is longer than a record may be; it is then dropped.
  private(set) var isOversized = false

  /// Makes fields without values.
  init(maximumByteCount: Int, maximumFieldByteCount: Int) {
    self.maximumByteCount = maximumByteCount
    self.maximumFieldByteCount = maximumFieldByteCount
  }

  /// Begins the next record.
  mutating func removeAll() {
    values.removeAll()
    // The next record mostly has the same columns.
    let columnCount = min(slots.count, Self.expectedColumnCount)
    slots.removeAll()
    slots.append(.missing, repetitions: columnCount)
    hasDamage = false
    longestByteCount = 0
    isOversized = false
  }

  /// Whether a column has a value.
  func hasValue(_ column: Int) -> Bool { column < slots.count && !slots[column].range.isAbsent }

  /// Whether a column was met once, with just these bytes.
  func value(of column: Int, equals bytes: Span<UInt8>) -> Bool {
    guard hasValue(column), slots[column].occurrences == 1 else { return false }
    let range = slots[column].range
    guard Int(range.count) == bytes.count else { return false }
    return values.span.agrees(with: bytes, from: Int(range.start))
  }

  /// Drops all values for good, because the record is too long.
  mutating func overflow() {
    isOversized = true
    values.removeAll()
  }

  /// Takes note of a column that holds elements where text is expected.
  mutating func addNested(_ column: Int) {
    if column >= slots.count { widen(to: column) }
    slots[column].occurrences &+= 1
    hasDamage = true
  }

  /// Takes a value; of several for one column the first is kept.
  ///
  /// - Parameters:
  ///   - bytes: the value, or as much of its beginning as was kept.
  ///   - byteCount: the length of the whole value.
  ///   - column: the column.
  mutating func add(_ bytes: Span<UInt8>, byteCount: Int, column: Int) {
    if column >= slots.count { widen(to: column) }
    var slot = slots[column]
    slot.occurrences &+= 1
    longestByteCount = max(longestByteCount, byteCount)
    guard slot.range.isAbsent else {
      slots[column] = slot
      hasDamage = true
      return
    }
    let kept =
      byteCount > maximumFieldByteCount
      ? Self.wholeCharacters(of: bytes, atMost: maximumFieldByteCount) : bytes.count
    if values.count + kept > maximumByteCount { overflow() }
    if isOversized {
      slot.range = ByteRange(start: 0, count: 0)
      slots[column] = slot
      return
    }
    slot.range = ByteRange(
      start: UInt32(truncatingIfNeeded: values.count),
      count: UInt32(truncatingIfNeeded: kept)
    )
    slots[column] = slot
    values.append(kept == bytes.count ? bytes : bytes.extracting(0..<kept))
  }

  /// Adds the record to a batch.
  ///
  /// - Parameters:
  ///   - batch: where to.
  ///   - head: the record's place, without fields and damage.
  ///   - columns: which columns there are; damage to a watched one is named before damage to others.
  mutating func append(to batch: inout RowBatch, head: RowHead, columns: XMLColumns) {
    var head = head
    head.firstField = UInt32(batch.fields.count)
    if head.byteCount > UInt64(maximumByteCount) {
      head.damage = .rowTooLong
      head.damageNumber = UInt32(clamping: head.byteCount)
      head.damageLimit = UInt32(clamping: maximumByteCount)
    } else {
      let start = UInt32(batch.bytes.count)
      batch.bytes.append(values.span)
      if UTF8Text.isPlain(values.span) {
        head.features.insert(.isPlain)
      } else if !UTF8Text.isASCII(values.span) {
        head.features.insert(.hasHighBytes)
      }
      for column in 0..<slots.count {
        var range = slots[column].range
        if !range.isAbsent { range.start += start }
        batch.fields.append(range)
      }
      head.fieldCount = UInt32(slots.count)
      if hasDamage || longestByteCount > maximumFieldByteCount {
        setDamage(of: &head, watched: columns.areWatched)
      }
    }
    batch.rows.append(head)
  }

  private func setDamage(of head: inout RowHead, watched: [Bool]) {
    if longestByteCount > maximumFieldByteCount {
      head.damage = .xmlTextTooLong
      head.damageNumber = UInt32(clamping: longestByteCount)
      head.damageLimit = UInt32(clamping: maximumFieldByteCount)
      return
    }
    var found: (column: Int, rank: Int)?
    for column in 0..<slots.count {
      let slot = slots[column]
      let isRepeated = slot.occurrences > 1 && !slot.range.isAbsent
      let isNested = slot.occurrences > 0 && slot.range.isAbsent
      guard isRepeated || isNested else { continue }
      let rank = (watched[column] ? 2 : 0) + (isRepeated ? 1 : 0)
      if rank > found?.rank ?? -1 { found = (column, rank) }
    }
    guard let column = found?.column else { return }
    head.damage = slots[column].range.isAbsent ? .xmlFieldNested : .xmlFieldRepeated
    head.damageNumber = slots[column].occurrences
    head.damageLimit = UInt32(column)
  }

  private mutating func widen(to column: Int) {
    while slots.count <= column { slots.append(.missing) }
  }

  /// The most bytes, up to a limit, that do not cut a character in two.
  private static func wholeCharacters(of bytes: Span<UInt8>, atMost limit: Int) -> Int {
    var end = min(bytes.count, limit)
    guard end == limit, end < bytes.count || end > 0 else { return end }
    var lead = end
    while lead > 0 && end - lead < 4 {
      lead -= 1
      if bytes[lead] & 0xC0 != 0x80 { break }
    }
    if bytes[lead] >= 0x80 && lead + UTF8Text.sequenceLength(in: bytes, at: lead) != end {
      end = lead
    }
    return end
  }
}
