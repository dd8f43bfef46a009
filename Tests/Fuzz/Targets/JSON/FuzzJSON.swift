import Bytes
import Harness
import JSON

/// The parser of request bodies: what it accepts comes back from the writer as the same value, and
/// no part of a text in brackets is accepted for the whole.
///
/// Settings: one line or indented ones; where the text is cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  guard let value = try? JSONParser.parse(input.body.span) else { return 0 }
  var writer = JSONWriter(pretty: input.has(0, of: 0))
  write(value, to: &writer)
  let again = try? JSONParser.parse(writer.bytes.span)
  require(again == value, "\(value) was written as \(writer.text)")
  if value.object != nil || value.array != nil {
    let end = input.body.lastIndex { $0 > 0x20 } ?? 0
    let part = Array(input.body[..<min(end, input.place(1))])
    require((try? JSONParser.parse(part.span)) == nil, "a part was accepted: \(part)")
  }
  return 0
}

/// Writes a value with the calls that the program makes.
func write(_ value: JSONValue, to writer: inout JSONWriter) {
  switch value {
  case .null: writer.value(nil as String?)
  case .bool(let value): writer.value(value)
  case .number(let text): writer.value(verbatim: text)
  case .string(let text): writer.value(text)
  case .array(let elements):
    writer.array { writer in
      for element in elements { writer.element { write(element, to: &$0) } }
    }
  case .object(let object):
    writer.object { writer in
      for member in object.members {
        writer.member(member.name) { write(member.value, to: &$0) }
      }
    }
  }
}
