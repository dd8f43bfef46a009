import NIOSSL
import Targets
import Testing

struct TLSTests {
  @Test(arguments: ["localhost", "127.0.0.1"])
  func `a certificate of nobody is not trusted and nothing is sent`(host: String) async throws {
    try await ScriptedServer.run([[.receive, answer("200 OK", success)]], tls: .ofNobody()) {
      server in
      try await withTarget("https://\(host):\(server.port)") { target in
        guard case .insecure(let text) = await target.assign(sample) else {
          Issue.record("not insecure")
          return
        }
        #expect(text.hasPrefix("its certificate"))
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a server without TLS is not trusted`() async throws {
    try await ScriptedServer.run([[.send("HTTP/1.1 400 Bad Request\r\n\r\n"), .hold]]) { server in
      try await withTarget("https://127.0.0.1:\(server.port)") {
        #expect(await $0.assign(sample) == .insecure("it does not speak TLS"))
      }
    }
  }

  @Test func `a server that closes in the handshake is unreachable`() async throws {
    try await ScriptedServer.run([[]]) { server in
      try await withTarget("https://127.0.0.1:\(server.port)") {
        #expect(await $0.assign(sample) == .unreachable("the connection was closed"))
      }
    }
  }
}
