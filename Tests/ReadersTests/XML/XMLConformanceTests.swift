import ImportModel
import Readers
import Support
import Testing

/// XML 1.0 (fifth edition), rule by rule: what well-formed documents give, and that others give no
/// row beyond the fault.
@Suite struct XMLConformanceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let text: String
    let lines: [String]
    var testDescription: String { rule }

    init(_ rule: String, _ text: String, _ lines: [String]) {
      self.rule = rule
      self.text = text
      self.lines = lines
    }
  }

  static let wellFormed = [
    Case("2.1 a comment before the root", "<!--a--><u><user a='1'/></u>", ["@a=1"]),
    Case(
      "2.2 tab and the first letters",
      "<u><user a='\u{9} \u{7F}\u{85}'/></u>",
      ["@a=  \u{7F}\u{85}"]
    ),
    Case(
      "2.2 beyond the first plane",
      "<u><user a='\u{10000}\u{10FFFD}'/></u>",
      ["@a=\u{10000}\u{10FFFD}"]
    ),
    Case("2.3 names of letters, digits and marks", "<u><user _a.b-c:d='1'/></u>", ["@d=1"]),
    Case("2.4 a bracket that ends nothing", "<u><user>]] > ]&gt;</user></u>", [".=]] > ]>"]),
    Case("2.5 a comment of one dash", "<u><user>a<!-- - -->b</user></u>", [".=ab"]),
    Case("2.6 an instruction that looks like a tag", "<u><?p <user a='1'>?><user/></u>", [".="]),
    Case("2.7 brackets inside CDATA", "<u><user><![CDATA[]]]]><![CDATA[>]]></user></u>", [".=]]>"]),
    Case("2.7 CDATA in CDATA", "<u><user><![CDATA[<![CDATA[]]></user></u>", [".=<![CDATA["]),
    Case(
      "2.8 a declaration in single quotes",
      "<?xml version='1.0' standalone='yes'?><user/>",
      [".="]
    ),
    Case("2.11 each line end is a line feed", "<u><user>a\r\nb\rc\nd</user></u>", [".=a\nb\nc\nd"]),
    Case("2.11 but not a referenced one", "<u><user>a&#13;&#10;b</user></u>", [".=a\r\nb"]),
    Case("2.12 a language is an attribute", "<u><user xml:lang='de'/></u>", ["@lang=de"]),
    Case("3.1 space inside tags", "<u ><user  a = '1'\n/></u\t>", ["@a=1"]),
    Case("3.1 letter case tells names apart", "<u><user><A>1</A><a>2</a></user></u>", ["A=1|a=2"]),
    Case("3.3.3 white space in attributes is spaces", "<u><user a='b\tc\r\nd'/></u>", ["@a=b c d"]),
    Case("3.3.3 but not referenced white space", "<u><user a='b&#9;c&#10;d'/></u>", ["@a=b\tc\nd"]),
    Case("3.3.3 spaces at the ends stay", "<u><user a='  b  '/></u>", ["@a=  b  "]),
    Case("4.1 references in both bases", "<u><user a='&#x41;&#0065;&#x1f600;'/></u>", ["@a=AA😀"]),
    Case("4.6 the five entities", "<u><user>&lt;&gt;&amp;&apos;&quot;</user></u>", [".=<>&'\""]),
  ]

  @Test(arguments: wellFormed)
  func `well-formed documents give their values`(_ sample: Case) {
    #expect(XMLReading.lines(of: sample.text) == sample.lines)
    #expect(XMLReading.contract().violations(of: Array(sample.text.utf8)) == [])
  }

  static let broken = [
    "<u><user>]]></user></u>", "<u><user><!-- a -- b --></user></u>",
    "<u><user><!-- a ---></user></u>",
    "<u><user>&#0;</user></u>", "<u><user>&#xD800;</user></u>", "<u><user>&#x110000;</user></u>",
    "<u><user>&#xFFFE;</user></u>", "<u><user>&#99999999999999999999;</user></u>",
    "<u><user>&#x;</user></u>", "<u><user>&#;</user></u>", "<u><user>&#65</user></u>",
    "<u><user>&;</user></u>", "<u><user>&amp</user></u>", "<u><user>&AMP;</user></u>",
    "<u><user a=1/></u>", "<u><user a/></u>", "<u><user a='1'b='2'/></u>", "<u><user a='1\"/></u>",
    "<u><user/ ></u>", "<u>< user/></u>", "<u><user></user a='1'></u>", "<u><user></USER></u>",
    "<u><user><?xml version='1.0'?></user></u>", "<u><user><?XML x?></user></u>",
    " <?xml version='1.0'?><u><user/></u>", "<?xml encoding='UTF-8'?><u><user/></u>",
    "<?xml version='1.0' standalone='maybe'?><u><user/></u>", "<u><user><![cdata[x]]></user></u>",
    "<u><user><![CDATA[x]></user></u>", "<u><user><!x></user></u>", "<u><user><-a/></user></u>",
    "<u><user><n><m></n></m></user></u>", "<u><user a='&lt' b=';'/></u>",
    "<u><user><?p</user></u>", "<u><user><!-- </user></u>", "<![CDATA[x]]><u><user/></u>",
    "<u><user>\u{8}</user></u>", "<u><user a='\u{FFFE}'/></u>", "&#65;<u><user/></u>",
  ]

  @Test(arguments: broken)
  func `documents that are not well formed are refused and give no row`(_ text: String) {
    let bytes = Array(text.utf8)
    for cutting in [MemorySource.Cutting.whole, .pieces(of: 1), .pieces(of: 5)] {
      let result = XMLReading.failure(of: bytes, cutting: cutting)
      #expect(result.error != nil && result.rowCount == 0, "\(text), \(cutting)")
    }
  }
}
