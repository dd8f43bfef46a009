import Foundation
import ImportModel
import JWTKit
import Server
import Testing

/// What tokens are checked with: secrets, public keys and sets of them.
@Suite struct KeyFileTests {
  /// The claims that jwt-kit writes.
  private struct Payload: JWTPayload {
    var role = "admin"
    var exp = TestToken.now + 600
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }

  /// A file for the time of a closure.
  private static func withFile(
    _ text: String,
    _ body: @Sendable (_ path: String) async throws -> Void
  ) async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try await body(file.path)
  }

  private static func sign(_ key: ES256PrivateKey, kid: String? = nil) async throws -> String {
    let keys = JWTKeyCollection()
    await keys.add(ecdsa: key)
    var header = JWTHeader()
    if let kid { header.kid = kid }
    return try await keys.sign(Payload(), header: header)
  }

  /// Expects a status when a token is used.
  private static func expect(
    _ status: Int,
    _ token: String,
    from server: RunningServer,
    at place: SourceLocation = #_sourceLocation
  ) async throws {
    let answer = try await RawClient.connect(server.port) {
      try await $0.send(RawClient.update(RunningServer.known(1), "1234", token: token))
      return try await $0.answer()
    }
    #expect(answer.status == status, sourceLocation: place)
  }

  @Test func `a public key takes its own tokens and none signed with its text`() async throws {
    let key = ES256PrivateKey()
    let pem = key.publicKey.pemRepresentation
    try await Self.withFile(pem) { path in
      try await RunningServer.run(key: .publicKey(path: path)) { server in
        try await Self.expect(200, try await Self.sign(key), from: server)
        try await Self.expect(401, try await Self.sign(ES256PrivateKey()), from: server)
        try await Self.expect(401, try await TestToken.make(pem), from: server)
        let confused = try await TestToken.sign(
          header: ["alg": "ES256"],
          claims: TestToken.claims,
          pem
        )
        try await Self.expect(401, confused, from: server)
      }
    }
  }

  @Test func `a set of keys is chosen from by kid`() async throws {
    let first = ES256PrivateKey()
    let second = ES256PrivateKey()
    try await Self.withFile(try Self.set([("a", first), ("b", second)])) { path in
      try await RunningServer.run(key: .keySet(path: path)) { server in
        try await Self.expect(200, try await Self.sign(first, kid: "a"), from: server)
        try await Self.expect(200, try await Self.sign(second, kid: "b"), from: server)
        try await Self.expect(401, try await Self.sign(first, kid: "b"), from: server)
        try await Self.expect(401, try await Self.sign(first, kid: "c"), from: server)
        try await Self.expect(401, try await Self.sign(first), from: server)
      }
    }
  }

  @Test(arguments: [
    (TokenKeyFile.secret(path: ""), "short", "fewer than 32 bytes"),
    (.secret(path: ""), "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQ\n", "PEM"),
    (.secret(path: ""), #"{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#, "JSON Web Key"),
    (.publicKey(path: ""), "hello", "no public key"),
    (.publicKey(path: ""), "-----BEGIN PRIVATE KEY-----", "private key"),
    (.keySet(path: ""), "{}", "no set of keys"), (.keySet(path: ""), #"{"keys":[]}"#, "no set"),
    (.keySet(path: ""), #"{"keys":[{"kty":"oct","k":"AAAA"}]}"#, "no public key"),
    (.keySet(path: ""), #"{"keys":[{"kty":"EC","alg":"RS256","crv":"P-256"}]}"#, "no public key"),
  ])
  func `what is no key keeps the server from starting`(
    kind: TokenKeyFile,
    text: String,
    reason: String
  ) async throws {
    try await Self.withFile(text) { path in
      let file: TokenKeyFile =
        switch kind {
        case .secret: .secret(path: path)
        case .publicKey: .publicKey(path: path)
        case .keySet: .keySet(path: path)
        }
      let error = await #expect(throws: ImportError.self) {
        try await RunningServer.run(key: file) { _ in }
      }
      #expect(error?.kind == .configuration)
      #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
  }

  /// A JSON Web Key Set.
  private static func set(_ keys: [(String, ES256PrivateKey)]) throws -> String {
    let elements = try keys.map { id, key in
      let parameters = try #require(key.publicKey.parameters)
      let x = TestToken.encode(try #require(Data(base64Encoded: parameters.x)))
      let y = TestToken.encode(try #require(Data(base64Encoded: parameters.y)))
      return #"{"kty":"EC","crv":"P-256","use":"sig","kid":"\#(id)","x":"\#(x)","y":"\#(y)"}"#
    }
    return #"{"keys":[\#(elements.joined(separator: ","))]}"#
  }
}
