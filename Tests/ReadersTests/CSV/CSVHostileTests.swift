import Bytes
import ImportModel
import Readers
import Rows
import Support
import Testing

/// Inputs made by chance of the bytes that matter, and inputs made to be slow.
struct CSVHostileTests {
  /// SplitMix64 (prng.di.unimi.it): the same inputs in each run.
  struct Chance {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      return Int((word ^ word >> 31) % UInt64(bound))
    }

    mutating func bytes(upTo count: Int, of alphabet: String) -> [UInt8] {
      let alphabet = Array(alphabet.utf8).map { $0 == UInt8(ascii: "?") ? 0xC3 : $0 }
      return (0..<next(below: count + 1)).map { _ in alphabet[next(below: alphabet.count)] }
    }
  }

  /// Delimiters, quotes, line ends, letters, NULs and (for `?`) bytes from 0x80 in various shares.
  static let alphabets = [
    "\",\r\na\0?", "\"\",\na", "\"\"\",,\n\n", "aaaa,\"\n", "aaaaaaaaaaaaaaaaaaaaaaaa,,\"\"\n\r",
    "\",\n", "\"\n", "# ,\n\"a",
  ]

  @Test(arguments: alphabets)
  func `gives the same as the plain rules`(alphabet: String) {
    var chance = Chance(state: UInt64(alphabet.utf8.count))
    for _ in 0..<400 {
      let bytes = chance.bytes(upTo: 90, of: alphabet)
      let result = CSVSetting().contract().result(of: bytes)
      let expected = CSVModel(bytes).records.filter { record in
        record.damage != nil || !record.fields.allSatisfy { $0.allSatisfy { $0 == 0x20 } }
      }
      guard
        result.rows.map(\.position.offset) == expected.map({ UInt64($0.offset) }),
        result.rows.map(\.byteCount) == expected.map({ UInt64($0.byteCount) }),
        result.rows.map(\.lineCount) == expected.map({ UInt32($0.lineCount) }),
        result.rows.map(\.fields) == expected.map(\.fields),
        result.rows.map(\.damage) == expected.map(\.damage)
      else {
        Issue.record("\(bytes): \(result.rows.map(summary)), not \(expected)")
        return
      }
    }
  }

  @Test(arguments: alphabets)
  func `keeps the contract, with vectors and without, with limits and without`(alphabet: String) {
    var chance = Chance(state: 7 + UInt64(alphabet.utf8.count))
    for round in 0..<18 {
      let bytes = chance.bytes(upTo: round < 16 ? 32 : 160, of: alphabet)
      var setting = CSVSetting(width: [nil, 2, 3][round % 3])
      if round % 2 == 1 {
        setting.maximumRow = 4 + chance.next(below: 30)
        setting.maximumField = 2 + chance.next(below: 30)
      }
      let violations = setting.contract().violations(of: bytes)
      let plain = setting.contract(scan: .plain).result(of: bytes)
      guard violations == [], plain == setting.contract().result(of: bytes) else {
        Issue.record("\(bytes), \(setting): \(violations.prefix(2))")
        return
      }
    }
  }

  @Test(arguments: alphabets)
  func `rows and skipped lines cover the input`(alphabet: String) {
    var chance = Chance(state: 11 + UInt64(alphabet.utf8.count))
    for round in 0..<300 {
      let bytes = chance.bytes(upTo: 90, of: alphabet)
      var setting = CSVSetting(width: 2)
      if round % 2 == 1 { setting.maximumRow = 4 + chance.next(below: 30) }
      let rows = setting.contract().result(of: bytes).rows
      var reached = 0
      for row in rows {
        let start = Int(row.position.offset)
        guard start >= reached, isSkippable(bytes[reached..<start]) else {
          Issue.record("\(bytes): something is lost before \(row)")
          return
        }
        reached = start + Int(row.byteCount)
      }
      #expect(isSkippable(bytes[reached...]), "\(bytes): something is lost at the end")
    }
  }

  /// Line ends, blank rows and comments.
  private func isSkippable(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split { $0 == 0x0A || $0 == 0x0D }.allSatisfy { line in
      line.first == UInt8(ascii: "#") || line.allSatisfy { [0x20, 0x22, 0x2C].contains($0) }
    }
  }

  /// Each of these would take hours in square time.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("quotes", "\"", ""), ("line ends", "\n", ""), ("carriage returns", "\r", ""),
      ("delimiters", ",", ""), ("open quotes", "\"a\n", ""), ("open quotes behind", "1,\"a\n", ""),
      ("closed and opened on each line", "b\",\"c\n", "\"a\n"), ("stray", "a\"\n", "\"\n"),
      ("odd", "\"\"\"\n", ""), ("closed wrongly", "\"a\n\"x\n", ""), ("NULs", "\0", ""),
      ("half-open", "\"\"x,\"\"\",\n", "\""),
    ]
  )
  func `takes linear time and little memory`(name: String, unit: String, prefix: String) throws {
    let count = 1_000_000 / unit.utf8.count
    let bytes = Array(prefix.utf8) + Array(repeatElement(Array(unit.utf8), count: count).joined())
    let source = MemorySource(bytes)
    let reader = CSVSetting(width: 2, maximumRow: 1 << 18).reader(source)
    var batch = RowBatch()
    var largest = 0
    while try reader.read(into: &batch) { largest = max(largest, batch.bytes.count) }
    #expect(largest < 2 << 20)
    #expect(source.readByteCount < 3 * bytes.count)
  }

  @Test func `fetches a row without the ones before it, and notices a changed input`() throws {
    let lines = (0..<5000).map { "\($0),\"row \($0)\nof many\"\n" }
    let source = MemorySource(lines.joined())
    var batch = RowBatch()
    var rows: [ReadRow] = []
    let first = CSVSetting(width: 2).reader(source)
    while try first.read(into: &batch) {
      for index in 0..<batch.count { rows.append(ReadRow(index, of: batch)) }
    }
    let reader = CSVSetting(width: 2).reader(source)
    let before = source.readByteCount
    for row in rows[2000..<2100] {
      try reader.fetch(row.position, into: &batch)
      #expect(ReadRow(0, of: batch) == row)
    }
    #expect(source.readByteCount - before <= 1 << 16)
    let end = Position(row: 6000, line: 20000, offset: 1 << 30)
    #expect(throws: ImportError.self) { try reader.fetch(end, into: &batch) }
  }
}
