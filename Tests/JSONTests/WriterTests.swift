import Bytes
import JSON
import Testing

struct WriterTests {
  @Test func `members and elements come in the order they are given`() {
    var writer = JSONWriter()
    writer.object {
      $0.member("z", 1)
      $0.member("a", "text")
      $0.member("none", nil as String?)
      $0.member("yes", true)
      $0.member("list") {
        $0.array {
          $0.element { $0.value(-2) }
          $0.element { $0.object { _ in } }
          $0.element { $0.array { _ in } }
          $0.element { $0.value(verbatim: "1.50") }
        }
      }
      $0.member("last", UInt64.max)
    }
    #expect(
      writer.text == #"{"z":1,"a":"text","none":null,"yes":true,"list":[-2,{},[],1.50],"#
        + #""last":18446744073709551615}"#
    )
  }

  @Test func `a text for people has one line for each member`() {
    var writer = JSONWriter(pretty: true)
    writer.object {
      $0.member("a", 1)
      $0.member("empty") { $0.object { _ in } }
      $0.member("list") { $0.array { $0.element { $0.object { $0.member("b", false) } } } }
    }
    #expect(
      writer.text == """
        {
          "a": 1,
          "empty": {},
          "list": [
            {
              "b": false
            }
          ]
        }
        """
    )
  }

  @Test(arguments: [true, false])
  func `what is written is read as the same value`(isPretty: Bool) throws {
    let texts = [
      "", "\"\\/", "\u{0}\u{1F}\u{7F}\u{85}\u{2028}\u{FEFF}", "häß€😀", "=1+1", "\u{10FFFF}",
      "a\r\n\tb", "\u{202E}",
    ]
    var writer = JSONWriter(pretty: isPretty)
    writer.object {
      for text in texts { $0.member(text, text) }
      $0.member("nested") {
        $0.array { for text in texts { $0.element { $0.array { $0.element { $0.value(text) } } } } }
      }
    }
    let value = try JSONParser.parse(writer.bytes.span)
    #expect(value.object?.members.dropLast().map(\.name) == texts)
    #expect(value.object?.members.dropLast().map(\.value.string) == texts)
    #expect(value["nested"]?.array?.map { $0.array?.first?.string } == texts)
  }
}
