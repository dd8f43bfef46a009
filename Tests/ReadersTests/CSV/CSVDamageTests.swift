import ImportModel
import Readers
import Support
import Testing

/// Quotes in wrong places and things that are too long; each costs its own row only.
struct CSVDamageTests {
  @Test(arguments: strayQuotes + unterminated + long)
  func `names the damage and goes on, wherever the input is cut`(_ sample: CSVCase) {
    let bytes = Array(sample.text.utf8)
    let result = sample.setting.contract().result(of: bytes)
    #expect(result.rows.map(summary) == sample.rows)
    #expect(result.remarks == sample.remarks)
    #expect(result.error == nil)
    #expect(sample.setting.contract(scan: .plain).result(of: bytes) == result)
    #expect(sample.setting.contract().violations(of: bytes) == [])
  }

  static let strayQuotes = [
    CSVCase(
      name: "a quote inside an unquoted field",
      text: "1,5\" pipe,\"a,b\"\n2,c,d\n",
      setting: CSVSetting(width: 3),
      rows: [#"1:1 [1|5" pipe|a,b] strayQuote 2/0"#, "2:2 [2|c|d]"]
    ),
    CSVCase(
      name: "a space before the quote",
      text: "1, \"a\"\n",
      rows: [#"1:1 [1| "a"] strayQuote 2/0"#]
    ),
    CSVCase(
      name: "text after a closing quote",
      text: "1,\"Ann\"x,\"c,d\"\n2,\"b\"\n",
      rows: [#"1:1 [1|"Ann"x|"c|d"] textAfterQuote 2/0"#, "2:2 [2|b]"]
    ),
    CSVCase(
      name: "text after doubled quotes",
      text: "\"a\"\"b\" ,c\n",
      rows: [#"1:1 ["a""b" |c] textAfterQuote 1/0"#]
    ),
    CSVCase(
      name: "text after a quote, then an open one",
      text: "\"a\"b,\"c\n2,\"d\"\n",
      rows: [#"1:1 ["a"b|"c] textAfterQuote 1/0"#, "2:2 [2|d]"]
    ),
  ]

  static let unterminated = [
    CSVCase(
      name: "closed by the next row's quote",
      text: "1,\"Ann\n2,101,\"Bob\"\n3,102,Cid\n",
      rows: [#"1:1 [1|"Ann] unterminatedQuote 1/0"#, "2:2 [2|101|Bob]", "3:3 [3|102|Cid]"]
    ),
    CSVCase(
      name: "never closed",
      text: "1,\"Ann\r\n2,Bob\r\n3,Cid",
      rows: [#"1:1 [1|"Ann] unterminatedQuote 1/0"#, "2:2 [2|Bob]", "3:3 [3|Cid] +end"]
    ),
    CSVCase(
      name: "on the last line",
      text: "1,a\n2,\"b,c",
      rows: ["1:1 [1|a]", #"2:2 [2|"b,c] unterminatedQuote 2/0 +end"#]
    ),
    CSVCase(
      name: "behind a field over lines",
      text: "1,\"a\nb\",\"c\n2,x\n",
      rows: [
        #"1:1 [1|"a] unterminatedQuote 2/0"#, #"2:2 [b"|"c] unterminatedQuote 2/0"#, "3:3 [2|x]",
      ]
    ),
    CSVCase(
      name: "behind a stray quote",
      text: "5\" pipe,\"a\nb\"\n2,x\n",
      rows: [
        #"1:1 [5" pipe|"a] unterminatedQuote 1/0"#, #"2:2 [b"] strayQuote 1/0"#, "3:3 [2|x]",
      ]
    ),
    CSVCase(
      name: "with doubled quotes before it",
      text: "\"\"\"a\"\"\",\"\"\"b\n\"\"\"c\"\"\",d\n",
      rows: [#"1:1 ["a"|"""b] unterminatedQuote 1/0"#, #"2:2 ["c"|d]"#]
    ),
    CSVCase(
      name: "one quote",
      text: "\"",
      rows: [#"1:1 ["] unterminatedQuote 1/0 +end"#]
    ),
    CSVCase(
      name: "lone CR and not ASCII",
      text: "é,\"a\r1,ü\r",
      rows: [#"1:1 [é|"a] unterminatedQuote 1/0 +high"#, "2:2 [1|ü] +high"]
    ),
  ]

  static let long = [
    CSVCase(
      name: "long fields",
      text: "aaaaaaaaa,b\n\"ccccccccc\",d\n\"eeeeeeee\",f\n",
      setting: CSVSetting(maximumField: 8),
      rows: [
        "1:1 [aaaaaaaaa|b] fieldTooLong 9/8", "2:2 [ccccccccc|d] fieldTooLong 9/8",
        "3:3 [eeeeeeee|f]",
      ]
    ),
    CSVCase(
      name: "a long field over lines is an open quote",
      text: "1,\"a\n2,b\n3,c\n4,d\n\"5\",e\n",
      setting: CSVSetting(maximumField: 8),
      rows: [
        #"1:1 [1|"a] unterminatedQuote 1/0"#, "2:2 [2|b]", "3:3 [3|c]", "4:4 [4|d]", "5:5 [5|e]",
      ]
    ),
    CSVCase(
      name: "long rows",
      text: "aaa,bbb,cc\naaa,\"bbb\",cc\n\"a\"\"a\",\"bbbbbbbbbbbbb\",\"c\",d\r\n1,2\n",
      setting: CSVSetting(maximumRow: 10),
      rows: [
        "1:1 [aaa|bbb|cc]", "2:2 [aaa|bbb] rowTooLong 12/10",
        #"3:3 [a"a] rowTooLong 28/10"#, "4:4 [1|2]",
      ],
      remarks: [Finding(.lineEndingsMixed, .warning, number: 1)]
    ),
    CSVCase(
      name: "a long last row",
      text: "aaa,bbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\0é",
      setting: CSVSetting(maximumRow: 10),
      rows: ["1:1 [aaa] rowTooLong 37/10 +high +end +nul"]
    ),
    CSVCase(
      name: "a long row with an open quote",
      text: "aaa,\"bbbbbbbbbbbbbbbbbb,c\n1,2\n",
      setting: CSVSetting(maximumRow: 10),
      rows: ["1:1 [aaa] unterminatedQuote 1/0", "2:2 [1|2]"]
    ),
    CSVCase(
      name: "a long row over lines with an open quote",
      text: "\"a\nb\",cccccccccccccccccccccccccccc,\"d\n1,2\n",
      setting: CSVSetting(maximumRow: 10),
      rows: [
        #"1:1 ["a] unterminatedQuote 2/0"#, #"2:2 [b"] unterminatedQuote 2/0"#, "3:3 [1|2]",
      ]
    ),
    CSVCase(
      name: "a long row over lines that is closed",
      text: "\"a\nb\",cccccccccccccccccccccccccccc,\"d\"\n1,2\n",
      setting: CSVSetting(maximumRow: 10),
      rows: [#"1:1 [a\nb] rowTooLong 38/10"#, "2:3 [1|2]"]
    ),
  ]

  @Test func `names a record of too many columns, when no width is known`() {
    let text = String(repeating: "a,", count: 4096) + "b\n1\n"
    let result = CSVSetting().result(of: text)
    #expect(result.rows.map(\.damage) == [.tooManyColumns, nil])
    #expect(result.rows[0].fields.count == 4096)
    #expect(result.rows[0].damageNumber == 4097)
    #expect(result.rows[0].damageLimit == 4096)
    let known = CSVSetting(width: 2).result(of: text)
    #expect(known.rows.map(\.damage) == [.raggedRowLong, .raggedRowShort])
    #expect(known.rows[0].damageLimit == 2)
  }

  @Test(arguments: ["", "\"x,y\",", "\"x\"y,", "é,"])
  func `the columns of a record that is too long as well are counted`(_ first: String) {
    for last in ["b", "\"b\"", ""] {
      let text = first + String(repeating: "a,", count: 20_000) + last + "\n1\n"
      let result = CSVSetting(maximumRow: 10_000).result(of: text)
      #expect(result.rows.map(\.damage) == [.tooManyColumns, nil])
      #expect(result.rows[0].damageNumber == (first.isEmpty ? 20_001 : 20_002))
    }
  }

  @Test func `empty columns beyond the width are dropped, however many`() {
    let text =
      "a,b" + String(repeating: ",", count: 6000) + "\n" + String(repeating: ",", count: 9000)
    let result = CSVSetting(width: 2).result(of: text)
    #expect(result.rows.map(summary) == ["1:1 [a|b] +trailing"])
    #expect(result.remarks == [Finding(.blankRow, .note, number: 1)])
  }
}
