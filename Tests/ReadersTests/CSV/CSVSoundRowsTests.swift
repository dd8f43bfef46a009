import ImportModel
import Readers
import Rows
import Support
import Testing
import Validation

/// Rows of users that the reader itself finds to be sound give the plan that reading all of them byte by
/// byte and checking each gives.
struct CSVSoundRowsTests {
  private typealias Chance = CSVHostileTests.Chance

  struct Layout: Sendable, CustomTestStringConvertible {
    var columns: [Field?]
    var delimiter: Character = ","

    var testDescription: String {
      columns.map { $0?.name ?? "-" }.joined(separator: String(delimiter))
    }
    var mapping: ColumnMapping {
      var mapping = ColumnMapping()
      for (column, field) in columns.enumerated() {
        if let field { mapping[field] = column }
      }
      return mapping
    }
  }

  static let layouts = [
    Layout(columns: [.userID, .extensionNumber]),
    Layout(columns: [.extensionNumber, .userID], delimiter: ";"),
    Layout(columns: [nil, .userID, .firstName, .email, .extensionNumber, nil]),
    Layout(columns: [.extensionNumber, nil, .firstName, .userID, .lastName], delimiter: "\t"),
    Layout(columns: [.userID, .email, .extensionNumber, .lastName], delimiter: "#"),
    Layout(columns: [.userID, .lastName, .extensionNumber], delimiter: "="),
  ]

  @Test(arguments: layouts)
  func `come to the plan of rows that are checked`(layout: Layout) throws {
    var chance = Chance(state: UInt64(layout.columns.count))
    for round in 0..<24 {
      let bytes = document(layout, strangeness: [0, 3, 20][round % 3], chance: &chance)
      let cutting: MemorySource.Cutting = round % 2 == 0 ? .whole : .pieces(of: 700)
      var (soundCount, noCount) = (0, 0)
      let result = try rows(
        of: MemorySource(bytes, cutting: cutting),
        layout,
        scan: .vector,
        soundCount: &soundCount
      )
      let expected = try rows(of: MemorySource(bytes), layout, scan: .plain, soundCount: &noCount)
      #expect(noCount == 0 && soundCount > expected.rows.count / (round % 3 == 1 ? 20 : 3))
      try #require(result.rows.count == expected.rows.count)
      for (row, other) in zip(result.rows, expected.rows) { try #require(row == other) }
      #expect(result.remarks == expected.remarks)
    }
  }

  private func rows(
    of source: MemorySource,
    _ layout: Layout,
    scan: CSVReader.Scan,
    soundCount: inout Int
  ) throws(ImportError) -> PlannedUsers {
    let names = layout.columns.indices.map { "column\($0)" }
    let setting = CSVSetting(
      delimiter: layout.delimiter.asciiValue ?? 0,
      width: layout.columns.count,
      header: names
    )
    let checker = RowChecker(
      rules: Rules(),
      kind: .users,
      mapping: layout.mapping,
      columns: names,
      keepsDigests: false,
      packing: scan == .vector
    )
    return try PlannedUsers(
      setting.reader(source, scan: scan),
      checker,
      expectsSound: scan == .vector,
      soundCount: &soundCount
    )
  }

  /// Some hundred records, of which one value in `strangeness` is strange, or none for 0.
  private func document(_ layout: Layout, strangeness: Int, chance: inout Chance) -> [UInt8] {
    let lineEnd = ["\n", "\r\n"][chance.next(below: 2)]
    var text: [UInt8] = []
    for _ in 0..<300 + chance.next(below: 400) {
      for (column, field) in layout.columns.enumerated() {
        if column > 0 { text += Array(String(layout.delimiter).utf8) }
        let isStrange = strangeness > 0 && chance.next(below: strangeness * 2) == 0
        let isQuoted = strangeness > 0 && chance.next(below: strangeness * 2) == 0
        text +=
          isQuoted
          ? quotedValue(layout.delimiter, &chance)
          : isStrange ? strangeValue(field, &chance) : value(field, &chance)
      }
      text += Array(lineEnd.utf8)
      guard strangeness > 0, chance.next(below: strangeness * 5) == 0 else { continue }
      text += Array(
        ["\n", "\r", "# remark\n", "Total,3\n", "one\n", " \n"][chance.next(below: 6)].utf8
      )
    }
    return text
  }

  private func value(_ field: Field?, _ chance: inout Chance) -> [UInt8] {
    switch field {
    case .userID: Array(digits(24, of: "0123456789abcdef", &chance, first: "5").utf8)
    case .extensionNumber:
      Array(digits(2 + chance.next(below: 9), of: "0123456789", &chance, first: "7").utf8)
    case .email: Array("u\(chance.next(below: 99))@b.example".utf8)
    default:
      Array(["Ada", "", "Zoë", "Łukasz Ő", "in between", "x-1"][chance.next(below: 6)].utf8)
    }
  }

  /// A value in quotes, of a few characters that mean something in it or beside them.
  private func quotedValue(_ delimiter: Character, _ chance: inout Chance) -> [UInt8] {
    let pieces = [String(delimiter), " ", "\"\"", "a", "é", "=", "7", "&", "amp", ";"]
    let count = chance.next(below: 6)
    return Array(
      "\"\((0..<count).map { _ in pieces[chance.next(below: pieces.count)] }.joined())\"".utf8
    )
  }

  private func digits(
    _ count: Int,
    of alphabet: String,
    _ chance: inout Chance,
    first: Character
  ) -> String {
    let alphabet = Array(alphabet)
    return String(first)
      + String((1..<count).map { _ in alphabet[chance.next(below: alphabet.count)] })
  }

  private func strangeValue(_ field: Field?, _ chance: inout Chance) -> [UInt8] {
    var value = value(field, &chance)
    // What is known to be strange, and a byte put, changed or left out anywhere.
    let known = [
      "", " ", "0", "00", "0123", "12345678901", "+123", "12a4", "１２", "=12", "#12", "1e3",
      "64b7f1a2e4b0a5d300000000", "645071024912345000000000", "ffffffffb0a5d3f9c12345aa",
      "64B7F1A2E4B0A5D3F9C12345", "64b7f1a2e4b0a5d3f9c1234", "64b7f1a2e4b0a5d3f9c1234g",
      "Ã©", "â€™", "Â", "ï»¿", "R&D", "&", "& Co;", "&amp;", "R&D;", "&#39;", "A&lt", "&fjordlig;",
      "a b@c.example", " a", "a ", "\u{A0}", "\u{FFFD}", "\u{200B}",
      "\"12\"", "\"a\"\"b\"", "\"two\nlines\"", "stray\"", "Total", "column0",
      "\"###\"", "\"=1\"",
    ]
    let place = chance.next(below: value.count + 1)
    switch chance.next(below: 5) {
    case 0, 1: return Array(known[chance.next(below: known.count)].utf8)
    case 2: value.insert(UInt8(chance.next(below: 256)), at: place)
    case 3 where place < value.count: value[place] = UInt8(chance.next(below: 256))
    case 4 where place < value.count: value.remove(at: place)
    default: value += [0xC3, UInt8(0x80 + chance.next(below: 64))]
    }
    return value
  }
}
