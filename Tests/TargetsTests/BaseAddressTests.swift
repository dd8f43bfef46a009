import ImportModel
import Targets
import Testing

struct BaseAddressTests {
  @Test(arguments: [
    ("https://api.example.com", "https://api.example.com", nil),
    ("HTTPS://API.Example.com/", "https://api.example.com", nil),
    ("https://api.example.com:443/v1/", "https://api.example.com/v1", nil),
    ("https://api.example.com:8443/a/b%20c", "https://api.example.com:8443/a/b%20c", 8443),
    ("http://localhost:2000", "http://localhost:2000", 2000),
    ("http://127.0.0.1:80", "http://127.0.0.1", nil),
    ("http://[::1]:2000/x", "http://[::1]:2000/x", 2000),
    ("https://[2001:DB8::1]", "https://[2001:db8::1]", nil),
  ])
  func `an address is read and shown as it is used`(text: String, shown: String, port: Int?)
    throws
  {
    let address = try BaseAddress(text)
    #expect(address.description == shown && address.port == port)
  }

  @Test(arguments: [
    "", "api.example.com", "ftp://a", "https:/a", "https:a", "//a", "https://", "https:///path",
    "https://a:0", "https://a:65536", "https://a:", "https://a:x", "https://a:-1", "https://a:+80",
    "https://a b", "https://a\u{0}", "https://ä.example", "https://[::1", "https://[zz]",
    "https://[1234]", "https://[::1]x", "https://::1", "https://a?x=1", "https://a/b?x",
    "https://a/#f",
    "https://a#f", "https://a/b c", "https://a/%zz", "https://a/%2", "https://a/ü",
    "https://a/\r\nX:1",
    "https://a\\b", " https://a", "https://a\n",
  ])
  func `anything else is refused`(text: String) {
    #expect(throws: ImportError.self) { try BaseAddress(text) }
  }

  @Test(arguments: ["https://me:pass-word@a", "https://me@a", "http://a:pass-word@localhost:1/x"])
  func `an address with a user is refused without showing it`(text: String) {
    let error = #expect(throws: ImportError.self) { try BaseAddress(text) }
    #expect(error?.message.contains("user or password") == true)
    #expect(error?.message.contains("pass-word") == false)
  }

  @Test(arguments: [
    ("http://localhost", true), ("http://LOCALHOST:1", true), ("http://127.0.0.1", true),
    ("http://127.255.0.9", true), ("http://[::1]", true), ("http://127.0.0.1.example.com", false),
    ("http://127.example.com.x", false), ("http://localhost.example.com", false),
    ("http://128.0.0.1", false), ("http://127.0.0", false), ("http://127.0.0.256", false),
    ("http://0.0.0.0", false), ("http://[::2]", false),
  ])
  func `this machine is known by its addresses`(text: String, isLoopback: Bool) throws {
    #expect(try BaseAddress(text).isLoopback == isLoopback)
  }

  @Test func `a token travels over plain HTTP only on this machine or when that is allowed`()
    throws
  {
    let token = try Secret("abc", source: "test")
    #expect(throws: ImportError.self) {
      try AdminAPISettings(baseAddress: "http://api.example.com", token: token)
    }
    _ = try AdminAPISettings(
      baseAddress: "http://api.example.com",
      token: token,
      allowsPlainHTTP: true
    )
    _ = try AdminAPISettings(baseAddress: "http://localhost:2000", token: token)
    _ = try AdminAPISettings(baseAddress: "https://api.example.com", token: token)
  }

  @Test(arguments: ["", "user", "/a?b", "/a b", "/a#b", "/ä", "https://b/c"])
  func `a path that is none is refused`(path: String) throws {
    let token = try Secret("abc", source: "test")
    #expect(throws: ImportError.self) {
      try AdminAPISettings(baseAddress: "https://a", path: path, token: token)
    }
  }
}
