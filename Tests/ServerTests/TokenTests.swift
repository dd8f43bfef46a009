import Foundation

import Logging
import Server
import Testing

/// Which tokens are believed.
@Suite struct TokenTests {
  /// A token that is made for a test.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var isGood: Bool
    var make: @Sendable (_ secret: String) async throws -> String

    /// A token whose claims or header differ from those of a good one.
    static func changed(
      _ name: String,
      isGood: Bool = false,
      claims: @escaping @Sendable (inout [String: Any]) -> Void = { _ in },
      header: @escaping @Sendable (inout [String: Any]) -> Void = { _ in }
    ) -> Case {
      Case(testDescription: name, isGood: isGood) { secret in
        var head: [String: Any] = ["alg": "HS256", "typ": "JWT"]
        var payload = TestToken.claims
        header(&head)
        claims(&payload)
        return try await TestToken.sign(header: head, claims: payload, secret)
      }
    }

    /// A good token that is changed behind its making.
    static func spoiled(_ name: String, _ spoil: @escaping @Sendable (String) -> String) -> Case {
      Case(testDescription: name, isGood: false) { spoil(try await TestToken.make($0)) }
    }
  }

  static let cases: [Case] = [
    .changed("good", isGood: true),
    .changed("no sub", isGood: true) { $0["sub"] = nil },
    .changed("no typ", isGood: true, header: { $0["typ"] = nil }),
    .changed("at+jwt", isGood: true, header: { $0["typ"] = "at+jwt" }),
    .changed("roles", isGood: true) {
      $0["role"] = nil
      $0["roles"] = ["user", "admin"]
    },
    .changed("expired within the leeway", isGood: true) { $0["exp"] = TestToken.now - 10 },
    .changed("kid without a key set", isGood: true, header: { $0["kid"] = "../../etc/passwd" }),
    .changed(
      "jku and jwk are not looked at",
      isGood: true,
      header: {
        $0["jku"] = "http://127.0.0.1:1/"
        $0["jwk"] = ["kty": "oct", "k": "AAAA"]
      }
    ),
    .changed("expired") { $0["exp"] = TestToken.now - 60 },
    .changed("no exp") { $0["exp"] = nil },
    .changed("exp as text") { $0["exp"] = "\(TestToken.now + 60)" },
    .changed("exp null") { $0["exp"] = NSNull() },
    .changed("not yet") { $0["nbf"] = TestToken.now + 600 },
    .changed("nbf as text") { $0["nbf"] = "0" },
    .changed("iat as text") { $0["iat"] = "now" },
    .changed("no role") { $0["role"] = nil },
    .changed("another role") { $0["role"] = "user" },
    .changed("role by letter case") { $0["role"] = "Admin" },
    .changed("role as array of one") { $0["role"] = ["admin"] },
    .changed("role true") { $0["role"] = true },
    .changed("roles as text") {
      $0["role"] = nil
      $0["roles"] = "admin"
    },
    .changed("roles in roles") {
      $0["role"] = nil
      $0["roles"] = [["admin"]]
    },
    .changed("sub as number") { $0["sub"] = 7 },
    .changed("sub empty") { $0["sub"] = "" },
    .changed("alg none", header: { $0["alg"] = "none" }),
    .changed("alg None", header: { $0["alg"] = "None" }),
    .changed("alg hs256", header: { $0["alg"] = "hs256" }),
    .changed("alg HS512", header: { $0["alg"] = "HS512" }),
    .changed("alg RS256", header: { $0["alg"] = "RS256" }),
    .changed("no alg", header: { $0["alg"] = nil }),
    .changed("alg as number", header: { $0["alg"] = 256 }),
    .changed("crit", header: { $0["crit"] = ["exp"] }),
    .changed("crit empty", header: { $0["crit"] = [String]() }),
    .changed("another typ", header: { $0["typ"] = "secevent+jwt" }),
    .changed("kid as number", header: { $0["kid"] = 1 }),
    .changed("too long") { $0["more"] = String(repeating: "a", count: 9000) },
    .spoiled("no signature") { $0.split(separator: ".").prefix(2).joined(separator: ".") + "." },
    .spoiled("two parts") { $0.split(separator: ".").prefix(2).joined(separator: ".") },
    .spoiled("four parts") { $0 + ".AAAA" },
    .spoiled("padding") { $0 + "=" },
    .spoiled("one byte changed") {
      ($0.hasSuffix("A") ? $0.dropLast() + "E" : $0.dropLast() + "A")
    },
    .spoiled("signature cut") { String($0.dropLast(4)) },
    .spoiled("standard alphabet") { "+" + $0.dropFirst() },
    .spoiled("space inside") { "\($0.prefix(10)) \($0.dropFirst(10))" },
    Case(testDescription: "another secret", isGood: false) { _ in
      try await TestToken.make(TestToken.newSecret())
    },
    Case(testDescription: "a header with a name twice", isGood: false) { secret in
      let payload = try JSONSerialization.data(withJSONObject: TestToken.claims)
      let head = TestToken.encode(Data(#"{"alg":"none","alg":"HS256"}"#.utf8))
      return try await TestToken.sign("\(head).\(TestToken.encode(payload))", secret)
    },
    Case(testDescription: "claims with a name twice", isGood: false) { secret in
      let head = TestToken.encode(Data(#"{"alg":"HS256"}"#.utf8))
      let text = #"{"role":"user","role":"admin","exp":\#(TestToken.now + 60)}"#
      return try await TestToken.sign("\(head).\(TestToken.encode(Data(text.utf8)))", secret)
    },
  ]

  @Test func `only tokens that are right in everything are believed`() async throws {
    try await RunningServer.run(level: .trace) { server in
      let user = RunningServer.known(1)
      for item in Self.cases {
        let token = try await item.make(server.secret)
        // The second time a good one is remembered.
        for _ in 1...2 {
          let answer = try await RawClient.connect(server.port) {
            try await $0.send(RawClient.update(user, "1234", token: token))
            return try await $0.answer()
          }
          #expect(answer.status == (item.isGood ? 200 : 401), "\(item.testDescription)")
        }
        #expect(server.log.allSatisfy { !$0.contains(token) && !$0.contains(server.secret) })
      }
    }
  }

  @Test(arguments: [
    ("", 401), ("Authorization: Basic YTpi", 401), ("Authorization: Bearer", 401),
    ("Authorization: TOKEN", 401), ("Authorization: bearer TOKEN", 200),
    ("Authorization: Bearer   TOKEN", 200), ("Authorization: Bearer TOKEN TOKEN", 401),
    ("Authorization: Bearer TOKEN\r\nAuthorization: Bearer TOKEN", 401),
    ("X-Authorization: Bearer TOKEN", 401),
  ])
  func `the token stands behind Bearer, once`(field: String, status: Int) async throws {
    try await RunningServer.run { server in
      let token = try await server.token
      let answer = try await RawClient.ask(
        server.port,
        "PUT",
        "/user/update-rcextension",
        fields: ["Content-Type: application/json"]
          + (field.isEmpty ? [] : [field.replacingOccurrences(of: "TOKEN", with: token)]),
        body: #"{"payload":{"userId":"\#(RunningServer.known(1))","rcExtension":"1234"}}"#
      )
      #expect(answer.status == status)
    }
  }

  @Test func `issuer, audience and the administrators' claim are those configured`() async throws {
    var rules = TokenRules()
    rules.issuer = "https://issuer.example"
    rules.audience = "rcimport"
    rules.administratorClaim = .init(name: "scope", value: "phones")
    let cases: [([String: any Sendable], Int)] = [
      (["iss": "https://issuer.example", "aud": "rcimport", "scope": "phones"], 200),
      (["iss": "https://issuer.example", "aud": ["a", "rcimport"], "scope": ["phones"]], 200),
      (["iss": "https://issuer.example", "aud": "rcimport", "role": "admin"], 401),
      (["iss": "https://issuer.example", "aud": "other", "scope": "phones"], 401),
      (["iss": "https://issuer.example", "scope": "phones"], 401),
      (["aud": "rcimport", "scope": "phones"], 401),
      (["iss": "https://issuer.example/", "aud": "rcimport", "scope": "phones"], 401),
    ]
    try await RunningServer.run(rules: rules) { server in
      for (claims, status) in cases {
        var payload = claims as [String: Any]
        payload["exp"] = TestToken.now + 60
        let token = try await TestToken.sign(
          header: ["alg": "HS256"],
          claims: payload,
          server.secret
        )
        let answer = try await RawClient.connect(server.port) {
          try await $0.send(RawClient.update(RunningServer.known(1), "1234", token: token))
          return try await $0.answer()
        }
        #expect(answer.status == status, "\(claims)")
      }
    }
  }
}
