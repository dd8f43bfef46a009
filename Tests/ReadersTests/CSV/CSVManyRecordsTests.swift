import ImportModel
import Readers
import Rows
import Support
import Testing

/// Inputs of many records, nearly all of the usual kind: these are split many at a time, and must
/// come out like by the walk that takes one byte after the other.
struct CSVManyRecordsTests {
  private typealias Chance = CSVHostileTests.Chance

  struct Dialect: Sendable, CustomTestStringConvertible {
    var delimiter: Character
    var quote: Character = "\""
    var width: Int

    var testDescription: String { "\(width) columns by \(delimiter.debugDescription), \(quote)" }
  }

  static let dialects = [
    Dialect(delimiter: ",", width: 6), Dialect(delimiter: ",", width: 1),
    Dialect(delimiter: ";", quote: "'", width: 2), Dialect(delimiter: "\t", width: 3),
    Dialect(delimiter: " ", width: 3), Dialect(delimiter: "=", width: 3),
    Dialect(delimiter: "&", width: 2), Dialect(delimiter: "#", width: 2),
    Dialect(delimiter: ",", width: 40), Dialect(delimiter: "|", width: 256),
    Dialect(delimiter: ",", width: 257),
  ]

  @Test(arguments: dialects)
  func `come out like record by record`(dialect: Dialect) throws {
    var chance = Chance(
      state: UInt64(dialect.width) << 8 | UInt64(dialect.delimiter.asciiValue ?? 0)
    )
    for round in 0..<12 {
      let bytes = document(dialect, strangeness: [0, 4, 12, 60][round % 4], chance: &chance)
      var setting = CSVSetting(
        delimiter: dialect.delimiter.asciiValue ?? 0,
        quote: dialect.quote.asciiValue ?? 0,
        width: dialect.width,
        header: (0..<dialect.width).map { $0 == 0 ? "value" : "column\($0)" }
      )
      if round % 3 == 1 { setting.maximumRow = 100 + chance.next(below: 300) }
      let result = setting.contract().result(of: bytes)
      let expected = setting.contract(scan: .plain).result(of: bytes)
      guard result == expected else {
        let place = zip(result.rows, expected.rows).first { $0 != $1 }
        Issue.record(
          "\(String(describing: place?.0)), not \(String(describing: place?.1)); \(result.remarks)"
        )
        return
      }
      #expect(result.rows.count > 3)
    }
  }

  @Test(arguments: [6, 40])
  func `keep the contract`(width: Int) {
    var chance = Chance(state: UInt64(width))
    let dialect = Dialect(delimiter: ",", width: width)
    var bytes = document(dialect, strangeness: 8, chance: &chance)
    bytes.removeLast(max(0, bytes.count - 600))
    #expect(CSVSetting(width: width).contract().violations(of: bytes) == [])
  }

  /// Some 12,000 bytes of records, of which one value in `strangeness` is strange, or none for 0.
  private func document(_ dialect: Dialect, strangeness: Int, chance: inout Chance) -> [UInt8] {
    var text = ""
    let lineEnd = ["\n", "\r\n"][chance.next(below: 2)]
    let byteCount = 12_000 + chance.next(below: 200)
    while text.utf8.count < byteCount {
      var values = (0..<dialect.width).map { _ in value(dialect, chance: &chance) }
      var end = lineEnd
      if strangeness > 0 {
        for index in values.indices where chance.next(below: strangeness * 6) == 0 {
          values[index] = strangeValue(dialect, chance: &chance)
        }
        if chance.next(below: strangeness) == 0 {
          switch chance.next(below: 8) {
          case 0: end = ["\n", "\r\n", "\r", "\n\n"][chance.next(below: 4)]
          case 1: values.removeLast()
          case 2: values.append("")
          case 3: values.append("surplus")
          case 4: values = ["value"] + (1..<max(dialect.width, 1)).map { "column\($0)" }
          case 5: values[0] = "Total"
          case 6: values[0] = "# remark"
          default: values = [String(repeating: "long", count: 1200)] + values.dropFirst()
          }
        }
      }
      text += values.joined(separator: String(dialect.delimiter)) + end
    }
    return Array(text.utf8)
  }

  private func value(_ dialect: Dialect, chance: inout Chance) -> String {
    let length = chance.next(below: dialect.width > 30 ? 4 : 30)
    let alphabet = Array("vbcdefghijklmnop0123456789.@-:")
    return String((0..<length).map { _ in alphabet[chance.next(below: alphabet.count)] })
  }

  private func strangeValue(_ dialect: Dialect, chance: inout Chance) -> String {
    let quote = String(dialect.quote)
    let delimiter = String(dialect.delimiter)
    let values = [
      quote + quote, quote + "quoted" + quote, quote + "a" + delimiter + " b" + quote,
      quote + "two" + quote + quote + "quotes" + quote, quote + "two\nlines" + quote,
      quote + "behind" + quote + " text", "stray" + quote, quote + " spaces " + quote,
      " spaces", "spaces ", "in between", "=1+1", "#N/A", "Zoë", "R&D", "a\0b", "a\tb", "\u{7F}",
      "\u{FEFF}value", "", quote + quote + quote + quote, quote + "unclosed",
      quote + delimiter + quote, "a=b", "a#b", quote + "value" + quote,
    ]
    return values[chance.next(below: values.count)]
  }
}
