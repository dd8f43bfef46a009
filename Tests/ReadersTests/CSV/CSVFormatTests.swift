import ImportModel
import Readers
import Support
import Testing

/// RFC 4180, its line ends, and rows that are not data.
struct CSVFormatTests {
  @Test(arguments: plain + lineEnds + widths + skipped + footers)
  func `gives these rows and remarks, wherever the input is cut`(_ sample: CSVCase) {
    let bytes = Array(sample.text.utf8)
    let result = sample.setting.contract().result(of: bytes)
    #expect(result.rows.map(summary) == sample.rows)
    #expect(result.remarks == sample.remarks)
    #expect(result.error == nil)
    #expect(sample.setting.contract(scan: .plain).result(of: bytes) == result)
    #expect(sample.setting.contract().violations(of: bytes) == [])
  }

  static let plain = [
    CSVCase(name: "nothing", text: "", rows: []),
    CSVCase(name: "one field", text: "a\n", rows: ["1:1 [a]"]),
    CSVCase(name: "two rows", text: "a,b\nc,d\n", rows: ["1:1 [a|b]", "2:2 [c|d]"]),
    CSVCase(name: "no line end", text: "a,b\nc,d", rows: ["1:1 [a|b]", "2:2 [c|d] +end"]),
    CSVCase(name: "empty fields", text: ",a,,b,\n", rows: ["1:1 [|a||b|]"]),
    CSVCase(name: "delimiter at the end", text: "a,", rows: ["1:1 [a|] +end"]),
    CSVCase(name: "quoted", text: #""a","b,c""# + "\n", rows: ["1:1 [a|b,c]"]),
    CSVCase(name: "quoted at the end", text: #"a,"b""#, rows: ["1:1 [a|b] +end"]),
    CSVCase(name: "quoted nothing", text: "a,\"\"\n", rows: ["1:1 [a|]"]),
    CSVCase(
      name: "doubled quotes",
      text: #""a""b","""c""","""","""""""# + "\n",
      rows: [#"1:1 [a"b|"c"|"|""]"#]
    ),
    CSVCase(
      name: "line breaks in quotes",
      text: "a,\"b\nc\r\nd\re\"\nf,g\n",
      rows: [#"1:1 [a|b\nc\r\nd\re]"#, "2:5 [f|g]"]
    ),
    CSVCase(
      name: "two fields over lines",
      text: "\"a\nb\",\"c\nd\"\ne,f\n",
      rows: [#"1:1 [a\nb|c\nd]"#, "2:4 [e|f]"]
    ),
    CSVCase(
      name: "not ASCII",
      text: "é,b\nc,d\n\"ü\"",
      rows: [
        "1:1 [é|b] +high", "2:2 [c|d]", "3:3 [ü] +high +end",
      ]
    ),
    CSVCase(
      name: "NUL",
      text: "a\0,b\nc\n\0",
      rows: [
        #"1:1 [a\0|b] +nul"#, "2:2 [c]", #"3:3 [\0] +end +nul"#,
      ]
    ),
    CSVCase(
      name: "another dialect",
      text: "'a;b';c\td\n",
      setting: CSVSetting(delimiter: 0x3B, quote: 0x27),
      rows: ["1:1 [a;b|c\td]"]
    ),
    CSVCase(
      name: "a start behind a header",
      text: "x,y\na,b\n",
      setting: CSVSetting(start: Position(row: 2, line: 2, offset: 4)),
      rows: ["2:2 [a|b]"]
    ),
    CSVCase(
      name: "longer than a block",
      text: String(repeating: "abcdefghijklm,", count: 12) + "é\n1,\"2\"\n",
      rows: [
        "1:1 [" + String(repeating: "abcdefghijklm|", count: 12) + "é] +high", "2:2 [1|2]",
      ]
    ),
  ]

  static let lineEnds = [
    CSVCase(name: "CRLF", text: "a\r\nb\r\n", rows: ["1:1 [a]", "2:2 [b]"]),
    CSVCase(name: "lone CR", text: "a\rb\r", rows: ["1:1 [a]", "2:2 [b]"]),
    CSVCase(
      name: "all kinds",
      text: "a\nb\r\nc\rd\n",
      rows: ["1:1 [a]", "2:2 [b]", "3:3 [c]", "4:4 [d]"],
      remarks: [Finding(.lineEndingsMixed, .warning, number: 2)]
    ),
    CSVCase(
      name: "others inside quotes are no remark",
      text: "\"a\r\nb\"\n\"c\rd\"\n",
      rows: [#"1:1 [a\r\nb]"#, #"2:3 [c\rd]"#]
    ),
    CSVCase(
      name: "CRLF behind a quote",
      text: "\"a\"\r\n\"b\"\r\n",
      rows: ["1:1 [a]", "2:2 [b]"]
    ),
  ]

  static let widths = [
    CSVCase(
      name: "ragged",
      text: "a,b\nc\nd,e,f\ng,h,\n",
      setting: CSVSetting(width: 2),
      rows: [
        "1:1 [a|b]", "2:2 [c] raggedRowShort 1/2", "3:3 [d|e|f] raggedRowLong 3/2",
        "4:4 [g|h] +trailing",
      ]
    ),
    CSVCase(
      name: "many delimiters at the end",
      text: "a,b,,,\"\"\nc,d,,x,\n",
      setting: CSVSetting(width: 2),
      rows: ["1:1 [a|b] +trailing", "2:2 [c|d||x|] raggedRowLong 5/2"]
    ),
    CSVCase(
      name: "cut off",
      text: "a,b\nc",
      setting: CSVSetting(width: 2),
      rows: ["1:1 [a|b]", "2:2 [c] raggedRowShort 1/2 +end"]
    ),
  ]

  static let skipped = [
    CSVCase(
      name: "blank rows",
      text: "\na,b\n\n \t\n,,,\n\"\",\" \"\nc,d\n\n",
      setting: CSVSetting(width: 2),
      rows: ["2:2 [a|b]", "7:7 [c|d]"],
      remarks: [Finding(.blankRow, .note, number: 6)]
    ),
    CSVCase(
      name: "only line ends",
      text: "\n\n\r\n\n",
      rows: [],
      remarks: [
        Finding(.blankRow, .note, number: 4), Finding(.lineEndingsMixed, .warning, number: 1),
      ]
    ),
    CSVCase(
      name: "only delimiters",
      text: ",,,,",
      rows: [],
      remarks: [
        Finding(.blankRow, .note, number: 1)
      ]
    ),
    CSVCase(
      name: "repeated header",
      text: "a,b\n\"id\",\"a \"\"name\"\"\"\nc,d\nid,name\nid,\"a \"\"name\"\"\",\n",
      setting: CSVSetting(width: 2, header: ["id", "a \"name\""]),
      rows: ["1:1 [a|b]", "3:3 [c|d]", "4:4 [id|name]"],
      remarks: [Finding(.repeatedHeader, .warning, number: 2)]
    ),
    CSVCase(
      name: "headers of files joined with their byte order marks",
      text:
        "a,b\n\u{FEFF}id,name\nc,d\n\u{FEFF}\"id\",\"name\"\n\u{FEFF}e,f\n\u{FEFF}id\nid\",name\n",
      setting: CSVSetting(width: 2, header: ["id", "name"]),
      rows: [
        "1:1 [a|b]", "3:3 [c|d]", "5:5 [\u{FEFF}e|f] +high",
        "6:6 [\u{FEFF}id] raggedRowShort 1/2 +high", "7:7 [id\"|name] strayQuote 1/0",
      ],
      remarks: [Finding(.repeatedHeader, .warning, number: 2)]
    ),
    CSVCase(
      name: "a header that begins with a byte order mark itself",
      text: "id,name\n\u{FEFF}id,name\n1,2\n",
      setting: CSVSetting(width: 2, header: ["\u{FEFF}id", "name"]),
      rows: ["3:3 [1|2]"],
      remarks: [Finding(.repeatedHeader, .warning, number: 2)]
    ),
    CSVCase(
      name: "comments",
      text: "# made, by \"x\", today\na,b\n#c,d\n#N/A\n#end\n#REF!,1,2\n# it's \"open\n1,2\n",
      setting: CSVSetting(width: 2),
      rows: [
        "2:2 [a|b]", "3:3 [#c|d]", "4:4 [#N/A] raggedRowShort 1/2",
        "6:6 [#REF!|1|2] raggedRowLong 3/2", "8:8 [1|2]",
      ],
      remarks: [Finding(.commentRow, .note, number: 3)]
    ),
    CSVCase(
      name: "a comment is one line, whatever quotes it holds",
      text: "# a,b,\"c\n1,2\n3,\"4\"\n#,5,\"6\n7\"\n",
      setting: CSVSetting(width: 2),
      rows: ["2:2 [1|2]", "3:3 [3|4]", "5:5 [7\"] strayQuote 1/0"],
      remarks: [Finding(.commentRow, .note, number: 2)]
    ),
    CSVCase(
      name: "no comments where number signs part or quote fields",
      text: "a#b#c\n#1\n##\n##2#3\n",
      setting: CSVSetting(delimiter: UInt8(ascii: "#"), width: 3),
      rows: ["1:1 [a|b|c]", "2:2 [|1] raggedRowShort 2/3", "4:4 [||2|3] raggedRowLong 4/3"],
      remarks: [Finding(.blankRow, .note, number: 1)]
    ),
    CSVCase(name: "comments without a width", text: "#a\nb\n", rows: ["1:1 [#a]", "2:2 [b]"]),
  ]

  static let footers = [
    CSVCase(
      name: "totals",
      text: "1,2,3\nTotal: 5\nGRAND TOTAL,,\nTotal,1,2\n,Summe,\ntotally,,\n",
      setting: CSVSetting(width: 3),
      rows: [
        "1:1 [1|2|3]", "2:2 [Total: 5] raggedRowShort 1/3 +footer", "3:3 [GRAND TOTAL||] +footer",
        "4:4 [Total|1|2]", "5:5 [|Summe|] +footer", "6:6 [totally||]",
      ]
    ),
    CSVCase(
      name: "closing remarks",
      text: "*** End of report ***\nCount: 7,\ncount.dracula@x.org,\n",
      setting: CSVSetting(width: 2),
      rows: [
        "1:1 [*** End of report ***] raggedRowShort 1/2 +footer", "2:2 [Count: 7|] +footer",
        "3:3 [count.dracula@x.org|]",
      ]
    ),
  ]
}
