import Bytes
import ImportModel
import Targets
import Testing

struct SecretTests {
  @Test(arguments: [
    "abc.def-_~+/=", "  abc\t", "abc\n", "abc\r\nsecond line", "abc\n\u{0}", "abc",
  ])
  func `the first line of a file is the token`(text: String) throws {
    _ = try Secret(firstLineOf: Array(text.utf8).span, source: "token.txt")
  }

  @Test(arguments: [
    "", " ", "\n", "\r\nabc", "\nabc", "Bearer abc", "a\tb", "a\u{0}b", "ä", "a\u{7F}",
  ])
  func `what cannot be a token is refused without showing it`(text: String) {
    let error = #expect(throws: ImportError.self) {
      try Secret(firstLineOf: Array(text.utf8).span, source: "token.txt")
    }
    #expect(error?.message.contains("token.txt") == true)
    #expect(error?.message.contains("abc") == false)
  }

  @Test func `a secret is not shown`() throws {
    let secret = try Secret("hush-hush", source: "test")
    let settings = try AdminAPISettings(baseAddress: "https://a", token: secret)
    var dumped = ""
    dump(settings, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), "\(settings)", dumped] {
      #expect(!text.contains("hush"))
    }
  }

  @Test(arguments: [
    ("", ""), ("nothing", "nothing"), ("hush", "(secret)"),
    ("a hush b hush", "a (secret) b (secret)"),
    ("hhushh", "h(secret)h"), ("hus", "hus"), ("hushush", "(secret)ush"),
  ])
  func `a secret is taken out of a text`(text: String, expected: String) throws {
    #expect(try Secret("hush", source: "test").removed(from: text) == expected)
  }
}
