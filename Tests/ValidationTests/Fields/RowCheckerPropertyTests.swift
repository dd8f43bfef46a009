import ImportModel
import Rows
import Support
import Testing

@Suite
struct RowCheckerPropertyTests {
  /// A small generator with a fixed seed (splitmix64), so that a failure can be run again.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }

  /// Pieces that damaged cells are made of.
  static let pieces: [[UInt8]] =
    [
      "0", "1", "12", "345", "0123", "64b7f1a2e4b0a5d3f9c12345", "64b7f1a2", "E+", "e", ".", ",",
      "-", "+", " ", "\t", "\n", "\"", "'", "=", "=\"", "(", ")", "#", "%", "&amp;", "ext", "x",
      "ObjectId(", "{\"$oid\":", "}", "0x", "O", "l", "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{AD}",
      "\u{202E}", "\u{FFFD}", "\u{1}", "\u{0}", "１", "٣", "²", "①", "“", "”", "Jan", ":", "/",
      "$", "€", "*", "…", "Ã©", "а", "a@b.c", "NULL", "and", ";", "_", "\u{2013}", "{", "]",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F]]

  private static func cell(using generator: inout Generator) -> [UInt8] {
    let count = Int.random(in: 0...7, using: &generator)
    return (0..<count).flatMap { _ in pieces.randomElement(using: &generator) ?? [] }
  }

  @Test(arguments: 0..<8)
  func `an extension of letters and digits is damaged in the same way inside quotes`(
    seed: Int
  ) {
    // Quotes are taken off by the long way only, which such a cell does not go.
    var generator = Generator(state: UInt64(seed))
    let characters = Array("0123456789012345678901234567890aAbBcdDeEfgiIjlmnOoPqQsSuxXZ")
    for _ in 0..<400 {
      let count = Int.random(in: 1...13, using: &generator)
      let text = String((0..<count).map { _ in characters.randomElement(using: &generator) ?? "0" })
      let plain = CheckedCells(number: text)
      let quoted = CheckedCells(number: "'\(text)'")
      guard plain.isRejected else { continue }
      let findings = quoted.findings.filter { $0.code != .cellWrappedQuotes }
      #expect(findings.map(\.code) == plain.codes, "\(text)")
      #expect(findings.map(\.text) == plain.findings.map(\.text), "\(text)")
      #expect(findings.map(\.suggestion) == plain.findings.map(\.suggestion), "\(text)")
      #expect(quoted.number == plain.number, "\(text)")
    }
  }

  @Test(arguments: 0..<8)
  func `any bytes give the same findings explained or not, and no value without a reason`(
    seed: Int
  ) {
    var generator = Generator(state: UInt64(seed))
    for _ in 0..<150 {
      let values: [Field: [UInt8]] = [
        .userID: Self.cell(using: &generator), .extensionNumber: Self.cell(using: &generator),
        .lastName: Self.cell(using: &generator), .email: Self.cell(using: &generator),
        .extensionID: Self.cell(using: &generator),
      ]
      var rules = Rules()
      rules.fix = Bool.random(using: &generator) ? .safe : .none
      rules.strict = Bool.random(using: &generator)
      rules.onBlank = Rules.OnBlank.allCases.randomElement(using: &generator) ?? .reject
      for kind in InputKind.allCases {
        let explained = CheckedCells(values, rules: rules, kind: kind)
        let counted = CheckedCells(values, rules: rules, kind: kind, explaining: false)
        #expect(explained.codes == counted.codes)
        #expect(explained.findings.map(\.severity) == counted.findings.map(\.severity))
        #expect(explained.findings.map(\.field) == counted.findings.map(\.field))
        #expect(explained.row.flags == counted.row.flags && explained.id == counted.id)
        #expect(explained.number == counted.number)
        #expect(counted.findings.allSatisfy { $0.text == nil && $0.suggestion == nil })
        expectReasons(explained, kind: kind, values)
      }
    }
  }

  /// Pieces of names and addresses, nearly all of which are sound.
  private static let namePieces =
    [
      "Anna", "Zoë", "José", "Ł", "ŋ", "Ö", " ", "a@b.c", "&", "&amp;", "=", "#", "Â", "Ã©", "ï»¿",
      "ß",
      "\u{AD}", "\u{17F}", "\u{180}", "\u{C3}", "\u{E2}€", "~", "\u{7F}", "\t", "NULL", "😀",
    ].map { Array($0.utf8) } + [[0xC3], [0xA9], [0xC5, 0x41]]

  private static func name(using generator: inout Generator) -> [UInt8] {
    let count = Int.random(in: 0...4, using: &generator)
    return (0..<count).flatMap { _ in namePieces.randomElement(using: &generator) ?? [] }
  }

  @Test(arguments: 0..<8)
  func `a record that is sound at first sight is so at the second`(seed: Int) {
    var generator = Generator(state: 2000 + UInt64(seed))
    let ids = [
      CheckedCells.goodID, CheckedCells.goodID.uppercased(), "64b7f1a2e4b0a5d300000000",
      "000000000000000000000001", "ffffffffe4b0a5d3f9c12345", "64b7f1a2e4b0a5d3f9c1234",
    ]
    let numbers = [
      "10", "1234", "0123", "9999999999", "12345678901", "1", "12a", "", "1200", " 12",
    ]
    for _ in 0..<400 {
      let id =
        Int.random(in: 0..<4, using: &generator) > 0
        ? ids[0] : ids.randomElement(using: &generator) ?? ""
      let number = numbers.randomElement(using: &generator) ?? ""
      let values: [Field: [UInt8]] = [
        .userID: Array(id.utf8), .extensionNumber: Array(number.utf8),
        .lastName: Self.name(using: &generator), .email: Self.name(using: &generator),
      ]
      let extra = [Self.name(using: &generator)]
      let isPlain = (Array(values.values) + extra).joined().allSatisfy {
        $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "&")
      }
      var rules = Rules()
      rules.strict = Bool.random(using: &generator)
      if Bool.random(using: &generator) {
        rules.reserved = ["1234"].compactMap { ExtensionNumber($0) }
      }
      let absent: [Field] = Bool.random(using: &generator) ? [.firstName] : []
      let first = CheckedCells(values, extra: extra, absent: absent, rules: rules) { head in
        if isPlain { head.features.insert(.isPlain) }
      }
      // Whether the input ends without a line end means nothing in a whole record, but such a record
      // is always looked into.
      let second = CheckedCells(values, extra: extra, absent: absent, rules: rules) { head in
        head.features.insert(.endsWithoutLineEnd)
      }
      #expect(first.findings == second.findings, "\(values)")
      #expect(first.row.flags == second.row.flags && first.id == second.id)
      #expect(first.number == second.number)
    }
  }

  private func expectReasons(_ cells: CheckedCells, kind: InputKind, _ values: [Field: [UInt8]]) {
    func text(_ field: Field) -> String { String(decoding: values[field] ?? [], as: UTF8.self) }
    let flags = cells.row.flags
    func isRejected(_ field: Field) -> Bool {
      cells.findings.contains { $0.field == field && $0.severity == .error }
    }
    if kind == .users {
      #expect(cells.id != nil || isRejected(.userID), "\(text(.userID))")
      if cells.number == nil && flags.isDisjoint(with: [.recordsOnly, .clears]) {
        #expect(isRejected(.extensionNumber), "\(text(.extensionNumber))")
      }
    }
    #expect(flags.contains(.rejected) == cells.findings.contains { $0.severity == .error })
    let severities = cells.findings.map(\.severity)
    #expect(severities == severities.sorted(by: >))
    for finding in cells.findings {
      let message = ReasonText.message(finding, value: finding.field.map(text))
      #expect(!message.contains("{number") && !message.isEmpty)
    }
  }

  @Test(arguments: 0..<8)
  func `a repaired value needs no further repair, and a suggestion is well formed`(seed: Int) {
    var generator = Generator(state: 1000 + UInt64(seed))
    for _ in 0..<200 {
      let bytes = Self.cell(using: &generator)
      let text = String(decoding: bytes, as: UTF8.self)
      let number = CheckedCells(number: text, fix: .safe)
      if let value = number.number {
        let again = CheckedCells(number: value, fix: .safe)
        #expect(again.number == value && again.reasons.isEmpty, "\(text)")
      }
      for suggestion in number.findings.compactMap(\.suggestion) {
        #expect(CheckedCells(number: suggestion).reasons.isEmpty, "\(text): \(suggestion)")
      }
      let id = CheckedCells(id: text, fix: .safe)
      if let value = id.id {
        let again = CheckedCells(id: value, fix: .safe)
        #expect(again.id == value && again.isRejected == false, "\(text)")
      }
      for suggestion in id.findings.compactMap(\.suggestion) {
        #expect(CheckedCells(id: suggestion).id == suggestion, "\(text): \(suggestion)")
      }
    }
  }
}
