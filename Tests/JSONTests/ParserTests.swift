import JSON
import Testing

/// RFC 8259, and what is refused beyond it.
struct ParserTests {
  private func number(_ text: String) -> JSONValue { .number(text) }

  @Test(arguments: [
    ("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false)),
    (" \t\r\n7 \t\r\n", .number("7")), ("\"\"", .string("")), ("[]", .array([])),
    ("[ ]", .array([])), ("[1 , 2]", .array([.number("1"), .number("2")])),
    ("[[],[[]]]", .array([.array([]), .array([.array([])])])),
    ("{}", .object(JSONObject())), ("{ }", .object(JSONObject())),
    ("\"häß€😀\u{7F}\u{2028}\"", .string("häß€😀\u{7F}\u{2028}")),
    (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
    (#""a\u0041\u00e4\u20AC\u0000z""#, .string("aAä€\u{0}z")),
    (#""\uD83D\uDE00\uD800\uDC00\uDBFF\uDFFF""#, .string("😀\u{10000}\u{10FFFF}")),
    (#""\uD7FF\uE000\uFFFF""#, .string("\u{D7FF}\u{E000}\u{FFFF}")),
  ])
  func `a text is read as its value`(text: String, value: JSONValue) throws {
    #expect(try JSONParser.parse(text) == value)
  }

  @Test(arguments: [
    "0", "-0", "10", "-1.5", "0.0", "1e5", "1E+05", "1e-0", "-0.10e00",
    String(repeating: "9", count: 100_000), "1e999999999999",
  ])
  func `a number keeps its text`(text: String) throws {
    #expect(try JSONParser.parse(text) == .number(text))
    #expect(try JSONParser.parse("[\(text)]") == .array([.number(text)]))
  }

  @Test(arguments: [
    ("7", 7), ("-0", 0), ("9223372036854775807", Int.max), ("9223372036854775808", nil),
    ("1.0", nil), ("1e2", nil), ("-9223372036854775808", Int.min),
  ])
  func `an integer is a number without fraction and exponent that fits`(text: String, value: Int?)
    throws
  {
    #expect(try JSONParser.parse(text).integer == value)
  }

  @Test(arguments: [
    // Nothing, and too little.
    "", " ", "[", "{", "\"", "\"abc", "\"\\", "\"\\u12", "-", "t", "tru", "nul", "{\"a\"",
    "{\"a\":", "{\"a\":1", "{\"a\":1,", "[1", "[1,", "1.", "1e", "1e+", "\"\\\"",
    // Behind the value.
    "1 2", "{}{}", "[]]", "{}}", "null,", "truefalse", "\"a\"\"b\"", "{}\u{0}", "1\u{A0}", "[]#",
    // Separators.
    "[,]", "[1,]", "[,1]", "[1 2]", "[1,,2]", "[1:2]", "{,}", "{\"a\":1,}", "{\"a\"1}",
    "{\"a\",1}", "{\"a\":1 \"b\":2}", "{\"a\"::1}", "{:1}", "{\"a\":}", "[}", "{]", "{\"a\":1]",
    // Names.
    "{a:1}", "{1:1}", "{'a':1}", "{null:1}", "{[]:1}",
    // Numbers.
    "01", "-01", "00", "+1", ".5", "-.5", "1.e5", "1e5.5", "0x10", "1_000", "--1", "-a", "1a",
    "NaN", "Infinity", "-Infinity", "１", "1.5.5", "-",
    // Words.
    "True", "NULL", "nulll", "undefined",
    // Strings.
    "'a'", "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"", "\"\\a\"", "\"\\'\"", "\"\\x41\"",
    "\"\\u00G0\"", "\"\\u+123\"", "\"\\u 123\"", "\"\\U0041\"", "\"\\0\"", "\"\\\n\"",
    "\"a\\tb\nc\"",
    // Surrogates.
    #""\uD800""#, #""\uDC00""#, #""\uD800\uD800""#, #""\uD800\u0041""#, #""\uD800x""#,
    #""\uDE00\uD83D""#, #""\uD800\n""#, #""\uDBFF\uE000""#,
    // Other grammars.
    "// a\n1", "/* a */1", "[1/* a */]", "# a\n1", "\u{FEFF}{}", "{}\u{FEFF}", "\u{C}1", "\u{B}1",
    "\u{A0}1", "\u{2028}1",
  ])
  func `anything else is refused`(text: String) {
    #expect(throws: JSONError.self) { try JSONParser.parse(text) }
  }

  @Test(
    arguments: [
      [0xFF], [0x22, 0x80, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
      [0xEF, 0xBB, 0xBF, 0x7B, 0x7D],
      // UTF-16 and UTF-32, with and without a mark.
      [0x7B, 0x00, 0x7D, 0x00], [0x00, 0x7B, 0x00, 0x7D], [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00],
      [0x7B, 0x00, 0x00, 0x00],
    ] as [[UInt8]]
  )
  func `other encodings than UTF-8 are refused`(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONParser.parse(bytes.span) }
  }

  @Test(arguments: [
    ("[1,]", 3, "a value is expected"), ("{\"a\":1,\"a\":2}", 7, "a name is given twice"),
    ("  x", 2, "a value is expected"), ("[1 2]", 3, "a comma or a bracket is expected"),
    ("{\"a\" 1}", 5, "a colon is expected"), ("\"ab", 3, "a string has no end"),
    ("{} {}", 3, "something follows the value"), ("-x", 1, "a digit is expected"),
    ("\"a\u{1}\"", 2, "a control character stands in a string"),
    ("\"\\q\"", 2, "the escape is unknown"),
  ])
  func `an error names the place and the problem`(text: String, offset: Int, problem: String) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(text) }
    #expect(error?.offset == offset && error?.problem == problem)
  }

  @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
  func `values lie at most 64 deep`(open: String, close: String) throws {
    func nested(_ depth: Int) -> String {
      String(repeating: open, count: depth - 1) + (open == "[" ? "[]" : "{}")
        + String(repeating: close, count: depth - 1)
    }
    var value = try JSONParser.parse(nested(64))
    var depth = 1
    while let inner = value.array?.first ?? value["a"] {
      value = inner
      depth += 1
    }
    #expect(depth == 64)
    #expect(throws: JSONError.self) { try JSONParser.parse(nested(65)) }
    #expect(throws: JSONError.self) {
      try JSONParser.parse(String(repeating: open, count: 100_000))
    }
  }

  @Test func `values beside each other do not count as depth`() throws {
    let text = "[" + String(repeating: "[[]],", count: 1000) + "[]]"
    #expect(try JSONParser.parse(text).array?.count == 1001)
  }

  @Test func `members keep their order and are found by name`() throws {
    let value = try JSONParser.parse(#"{"b":1,"":2,"a":{"b":3},"B":4,"é":5}"#)
    #expect(value.object?.members.map(\.name) == ["b", "", "a", "B", "é"])
    #expect(value["a"]?["b"]?.integer == 3 && value["B"]?.integer == 4)
    #expect(value["c"] == nil && JSONValue.null["a"] == nil)
  }

  @Test(arguments: [1, 2, 15, 16, 17, 18, 100])
  func `a name may stand once, wherever it is repeated`(count: Int) throws {
    let members = (0..<count).map { "\"n\($0)\":\($0)" }
    #expect(
      try JSONParser.parse("{\(members.joined(separator: ","))}").object?.members.count == count
    )
    for repeated in [0, count / 2, count - 1] {
      let text = "{\((members + ["\"n\(repeated)\":0"]).joined(separator: ","))}"
      #expect(throws: JSONError.self) { try JSONParser.parse(text) }
    }
  }

  @Test func `names are compared as they mean, not as they are escaped`() {
    #expect(throws: JSONError.self) { try JSONParser.parse(#"{"a":1,"\u0061":2}"#) }
  }

  @Test func `names that only look the same are different names`() throws {
    let text = "{\"\u{E9}\":1,\"e\u{301}\":2,\"\u{212A}\":3}"
    let value = try JSONParser.parse(text)
    #expect(value.object?.members.map(\.value.integer) == [1, 2, 3])
    #expect(value["e\u{301}"]?.integer == 2 && value["K"] == nil)
  }

  @Test func `objects of many members are equal to others by their members`() throws {
    let many = "{" + (0..<40).map { "\"n\($0)\":1" }.joined(separator: ",") + "}"
    #expect(try JSONParser.parse(many) == JSONParser.parse(many))
    #expect(try JSONParser.parse(many).hashValue == JSONParser.parse(many).hashValue)
  }
}
