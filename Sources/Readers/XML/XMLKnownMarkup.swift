import Bytes

/// The markup of records that a parser has read, as a graph: after which value what markup comes,
/// and in which column the value belongs that follows.
///
/// What is well-formed after a value depends on nothing but the elements that are open there and, in
/// a start tag, on the attributes before it, and this is what values are told apart by. Any way
/// through the graph is therefore a record that the parser would read in the same way, as long as
/// the values hold no markup, no references and no line ends, and the elements around are the same.
struct XMLKnownMarkup: ~Copyable {
  /// A place where a value stands, or the place between two records.
  struct Place: BitwiseCopyable {
    /// The column of the value.
    var column: Int32
    /// What ends the value: a quote, or the `<` of a tag.
    var closing: UInt8
    /// The first of the steps from here, by index; -1 is none.
    var firstStep: Int32 = -1
  }

  /// Markup that leads from one place to another.
  struct Step: BitwiseCopyable {
    /// Where the markup is in `markup`.
    var start: Int32
    var byteCount: Int32
    var lineFeedCount: UInt32
    /// The columns, in `emptyColumns`, of elements in the markup that have no text.
    var firstEmpty: Int32
    var emptyCount: Int32
    /// The place after it; -1 after the end of the record.
    var destination: Int32
    /// The next step from the same place; longer markup comes first.
    var sibling: Int32
  }

  /// What was found after a value.
  enum Match {
    case step(Int)
    /// The bytes end in markup that may be known.
    case cut
    case unknown
  }

  /// The place between two records.
  static let between = 0

  private static let maximumPlaceCount = 1 << 10
  private static let maximumStepCount = 1 << 11
  private static let maximumByteCount = 1 << 16
  private static let maximumKeyByteCount = 1 << 20
  private static let maximumSiblingCount = 16

  private(set) var places = PackedArray<Place>(minimumCapacity: 32)
  private(set) var steps = PackedArray<Step>(minimumCapacity: 64)
  private(set) var emptyColumns = PackedArray<Int32>()
  /// Whether names in it have prefixes, which mean what the elements around the records say.
  private(set) var hasPrefixes = false
  private var markup = ByteBuffer()
  private var placesByKey: [[UInt8]: Int] = [:]
  private var keyByteCount = 0

  /// Makes a graph that knows nothing.
  init() { places.append(Place(column: -1, closing: 0)) }

  /// Forgets everything.
  mutating func removeAll() {
    places.removeAll()
    places.append(Place(column: -1, closing: 0))
    steps.removeAll()
    emptyColumns.removeAll()
    markup.removeAll()
    placesByKey.removeAll()
    keyByteCount = 0
    hasPrefixes = false
  }

  /// Whether any record is known.
  var isEmpty: Bool { steps.isEmpty }

  /// Looks for markup after a value, or for that of a record's beginning.
  @inline(__always)
  func find(from place: Int, in bytes: Span<UInt8>, at start: Int) -> Match {
    var index = places[place].firstStep
    while index >= 0 {
      let step = steps[Int(index)]
      let range = Int(step.start)..<Int(step.start + step.byteCount)
      if bytes.agrees(with: markup.span(range), from: start) {
        return start + range.count <= bytes.count ? .step(Int(index)) : .cut
      }
      index = step.sibling
    }
    return .unknown
  }

  /// Adds the markup of a record, unless there is too much of it.
  ///
  /// - Parameters:
  ///   - parts: what stands before each value, and before the record's end.
  ///   - bytes: the record.
  ///   - columns: the columns of its values and of its elements without text, in order.
  mutating func add(_ parts: [XMLRecordParts.Part], of bytes: Span<UInt8>, columns: [Int32]) {
    var place = Self.between
    var column = columns.startIndex
    for part in parts {
      let empty = columns[column..<column + part.emptyCount]
      column += part.emptyCount
      var destination = -1
      if let value = part.value {
        guard let found = self.place(of: value, column: columns[column]) else { return }
        destination = found
        column += 1
      }
      guard addStep(part, of: bytes, from: place, to: destination, empty: empty) else { return }
      place = destination
    }
  }

  private mutating func place(of value: XMLRecordParts.Value, column: Int32) -> Int? {
    if let known = placesByKey[value.key] { return known }
    guard places.count < Self.maximumPlaceCount,
      keyByteCount + value.key.count <= Self.maximumKeyByteCount
    else { return nil }
    keyByteCount += value.key.count
    placesByKey[value.key] = places.count
    places.append(Place(column: column, closing: value.closing))
    return places.count - 1
  }

  private mutating func addStep(
    _ part: XMLRecordParts.Part,
    of bytes: Span<UInt8>,
    from place: Int,
    to destination: Int,
    empty: ArraySlice<Int32>
  ) -> Bool {
    let text = bytes.extracting(part.markup)
    var previous: Int32 = -1
    var next = places[place].firstStep
    var siblingCount = 0
    while next >= 0 {
      let step = steps[Int(next)]
      if Int(step.byteCount) == text.count {
        let known = markup.span(Int(step.start)..<Int(step.start) + text.count)
        if text.agrees(with: known, from: 0) { return true }
      }
      siblingCount += 1
      if step.byteCount > text.count { previous = next }
      next = step.sibling
    }
    guard steps.count < Self.maximumStepCount, siblingCount < Self.maximumSiblingCount,
      markup.count + text.count <= Self.maximumByteCount
    else { return false }
    var lineFeedCount: UInt32 = 0
    for index in text.indices {
      if text[index] == 0x0A { lineFeedCount += 1 }
      if text[index] == 0x3A { hasPrefixes = true }
    }
    let index = Int32(steps.count)
    steps.append(
      Step(
        start: Int32(markup.count),
        byteCount: Int32(text.count),
        lineFeedCount: lineFeedCount,
        firstEmpty: Int32(emptyColumns.count),
        emptyCount: Int32(empty.count),
        destination: Int32(destination),
        sibling: previous < 0 ? places[place].firstStep : steps[Int(previous)].sibling
      )
    )
    markup.append(text)
    for column in empty { emptyColumns.append(column) }
    if previous < 0 {
      places[place].firstStep = index
    } else {
      steps[Int(previous)].sibling = index
    }
    return true
  }
}
