import Support
import Testing

struct JSONSchemaTests {
  static let forbidden: [(schema: String, value: String)] = [
    (#"{"type":"string"}"#, "1"),
    (#"{"type":["string","null"]}"#, "true"),
    (#"{"type":"integer"}"#, "1.5"),
    (#"{"type":"number"}"#, "false"),
    (#"{"enum":["a",1]}"#, #""b""#),
    (#"{"const":200}"#, "201"),
    (#"{"const":1}"#, "true"),
    (#"{"minimum":1}"#, "0"),
    (#"{"minItems":1}"#, "[]"),
    (#"{"pattern":"^a$"}"#, #""ab""#),
    (#"{"required":["a"]}"#, "{}"),
    (#"{"properties":{"a":false}}"#, #"{"a":1}"#),
    (#"{"properties":{"a":{"type":"null"}}}"#, #"{"a":1}"#),
    (#"{"additionalProperties":false,"properties":{"a":true}}"#, #"{"a":1,"b":1}"#),
    (#"{"items":{"type":"string"}}"#, #"["a",1]"#),
    (#"{"oneOf":[{"type":"number"},{"minimum":5}]}"#, "6"),
    (#"{"oneOf":[{"type":"null"},{"type":"string"}]}"#, "6"),
    (#"{"if":{"required":["a"]},"then":{"required":["b"]}}"#, #"{"a":1}"#),
    (#"{"if":{"required":["a"]},"else":{"required":["b"]}}"#, "{}"),
    (##"{"$ref":"#/$defs/x","$defs":{"x":{"type":"string"}}}"##, "1"),
    (##"{"$ref":"#/$defs/y"}"##, "1"),
    (#"{"maxItems":1}"#, "[]"),
    (#"{}"#, "{"),
  ]

  @Test(arguments: forbidden)
  func `the validator refuses what its keyword forbids`(_ schema: String, _ value: String) throws {
    #expect(try !JSONSchema(parsing: schema).problems(in: value).isEmpty)
  }

  static let allowed: [(schema: String, value: String)] = [
    (#"{"type":"integer"}"#, "2.0"),
    (#"{"type":"boolean"}"#, "true"),
    (#"{"const":true}"#, "true"),
    (#"{"minimum":1}"#, #""text""#),
    (#"{"pattern":"a"}"#, #""bab""#),
    (#"{"properties":{"a":false}}"#, #"{"b":1}"#),
    (#"{"oneOf":[{"type":"number"},{"type":"string"}]}"#, "6"),
    (#"{"if":{"required":["a"]},"then":{"required":["b"]}}"#, "{}"),
    ("true", "null"),
  ]

  @Test(arguments: allowed)
  func `the validator takes what its keyword allows`(_ schema: String, _ value: String) throws {
    #expect(try JSONSchema(parsing: schema).problems(in: value) == [])
  }
}
