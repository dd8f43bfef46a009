import Bytes
import Testing

struct KeyLinesTests {
  private struct Row: BitwiseCopyable {
    var high: UInt64
    var low: UInt32
    var other: UInt32 = 0
    var word: UInt64
  }

  private static let word = KeyLineWord(placeMask: 1 << 34 - 1, sameMask: ~0 << 48)

  private static func powerOfTen(_ exponent: Int) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// The places of the first and the last extension of each length, and some between them.
  private static let places: [UInt64] = {
    var (first, places): (UInt64, [UInt64]) = (1, [])
    for digitCount in 2...10 {
      let count = powerOfTen(digitCount)
      places += [first, first + 1, first + count / 7, first + count / 2, first + count - 1]
      first += count
    }
    return places
  }()

  /// A line in the plain manner.
  private func line(_ number: UInt64, _ row: Row, _ texts: [String]) -> String {
    var (digitCount, first): (Int, UInt64) = (2, 1)
    let place = row.word & (1 << 34 - 1)
    while place >= first + Self.powerOfTen(digitCount) {
      first += Self.powerOfTen(digitCount)
      digitCount += 1
    }
    func padded(_ text: String, _ count: Int) -> String {
      String(repeating: "0", count: count - text.count) + text
    }
    let id = padded(String(row.high, radix: 16), 16) + padded(String(row.low, radix: 16), 8)
    return texts[0] + "\(number)" + texts[1] + id + texts[2]
      + padded("\(place - first)", digitCount) + texts[3]
  }

  @Test(
    arguments: [
      1, 7, 96, 99_999_985, 9_999_999_990, 18_446_744_073_709_551_000,
    ] as [UInt64]
  )
  func `lines are what plain ones are`(firstNumber: UInt64) {
    let ending = String(repeating: "message ", count: 20) + "}\n"
    let texts = ["{\"row\":", ",\"userId\":\"", "", ending]
    var pieces = ByteBuffer()
    var ranges: [Range<Int>] = []
    for text in texts {
      let start = pieces.count
      pieces.append(text: text)
      ranges.append(start..<pieces.count)
    }
    pieces.reserve(ByteBuffer.lineTextPadding)
    var rows = PackedArray<Row>()
    for (index, place) in (Self.places + Self.places.reversed()).enumerated() {
      let high = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
      rows.append(Row(high: high, low: UInt32(truncatingIfNeeded: high >> 7), word: place))
    }
    var text = ByteBuffer(minimumCapacity: 1)
    var counter = LineCounter()
    var (next, expected) = (0, "")
    // Other stretches than one, and a row left out now and then.
    for count in [1, 2, 40, 3, 17] {
      let written = text.append(
        linesOf: rows.span.extracting(next..<next + count),
        Self.word,
        firstNumber: firstNumber + UInt64(next),
        KeyLineForm(
          opening: ranges[0],
          beforeID: ranges[1],
          beforeNumber: ranges[2],
          ending: ranges[3]
        ),
        of: pieces,
        counter: &counter
      )
      #expect(written == count)
      for place in next..<next + count {
        expected += line(firstNumber + UInt64(place), rows[place], texts)
      }
      next += count + 1
    }
    #expect(String(utf8: text.span) == expected)
  }

  @Test func `lines end before a row of another kind`() {
    var pieces = ByteBuffer()
    pieces.reserve(ByteBuffer.lineTextPadding)
    let form = KeyLineForm(opening: 0..<0, beforeID: 0..<0, beforeNumber: 0..<0, ending: 0..<0)
    for word in [0, 7 | 1 << 48, 7 | 1 << 63, 11_111_111_101, 1 << 34 - 1] as [UInt64] {
      var rows = PackedArray<Row>()
      rows.append(Row(high: 1, low: 2, word: 7 | 3 << 34))
      rows.append(Row(high: 1, low: 2, word: 8))
      rows.append(Row(high: 1, low: 2, word: word))
      var text = ByteBuffer()
      var counter = LineCounter()
      let written = text.append(
        linesOf: rows.span,
        Self.word,
        firstNumber: 1,
        form,
        of: pieces,
        counter: &counter
      )
      #expect(written == 2)
    }
  }
}
