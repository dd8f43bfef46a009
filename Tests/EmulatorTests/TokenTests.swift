import Emulator
import JSON
import Testing

/// The token endpoint, and tokens that do not hold.
@Suite struct TokenTests {
  @Test func `a JWT gives a token`() async throws {
    try await RunningEmulator.run { emulator in
      let answer = try await emulator.signIn()
      #expect(answer.status == 200)
      #expect(answer.body["token_type"]?.string == "bearer")
      #expect(answer.body["expires_in"]?.integer == 3600)
      for name in ["access_token", "scope", "session_id", "owner_id", "endpoint_id"] {
        #expect(answer.body[name]?.string?.isEmpty == false, "\(name)")
      }
    }
  }

  @Test(arguments: [("60", 600), ("900", 900), ("99999", 3600), ("x", 3600)])
  func `a client may ask for a shorter life`(_ asked: String, _ given: Int) async throws {
    try await RunningEmulator.run(signsIn: false) { emulator in
      let form = "grant_type=\(RunningEmulator.jwtGrant)&assertion=a&access_token_ttl=\(asked)"
      let lifetime = try await emulator.signIn(form: form).body["expires_in"]?.integer
      #expect(lifetime == given)
    }
  }

  @Test(
    arguments: [
      ([], "grant_type=\(RunningEmulator.jwtGrant)&assertion=a", 400, "invalid_client", "OAU-123"),
      (
        ["Basic !!"], "grant_type=\(RunningEmulator.jwtGrant)&assertion=a", 400, "invalid_client",
        "OAU-123"
      ),
      (["Basic aWQ6c2VjcmV0"], "assertion=a", 400, "invalid_request", "CMN-100"),
      (
        ["Basic aWQ6c2VjcmV0"], "grant_type=password&assertion=a", 400, "unsupported_grant_type",
        "OAU-250"
      ),
      (
        ["Basic aWQ6c2VjcmV0"], "grant_type=\(RunningEmulator.jwtGrant)", 400, "invalid_request",
        "CMN-100"
      ),
    ] as [([String], String, Int, String, String)]
  )
  func `a request for a token that cannot be is refused`(
    _ authorization: [String],
    _ form: String,
    _ status: Int,
    _ error: String,
    _ code: String
  ) async throws {
    try await RunningEmulator.run(signsIn: false) { emulator in
      let fields = authorization.map { ("Authorization", $0) }
      let answer = try await emulator.signIn(fields, form: form)
      #expect(answer.status == status)
      #expect(answer.body["error"]?.string == error)
      #expect(answer.body["error_description"]?.string != nil)
      #expect(answer.code == code)
    }
  }

  @Test func `credentials that are set have to be shown`() async throws {
    var settings = RunningEmulator.settings()
    settings.credentials.clientID = try ExpectedSecret("id", source: "test")
    settings.credentials.clientSecret = try ExpectedSecret(" secret \nmore", source: "test")
    settings.credentials.jwt = try ExpectedSecret("a.b.c", source: "test")
    #expect("\(settings.credentials)".contains("a.b.c") == false)
    try await RunningEmulator.run(settings) { emulator in
      #expect(try await emulator.signIn().status == 200)
      // id:other
      let other = try await emulator.signIn([("Authorization", "Basic aWQ6b3RoZXI=")])
      #expect(other.status == 401)
      #expect(other.body["error"]?.string == "invalid_client")
      #expect(other.code == "OAU-146")
      let form = "grant_type=\(RunningEmulator.jwtGrant)&assertion=x.y.z"
      let answer = try await emulator.signIn(form: form)
      #expect(answer.status == 400)
      #expect(answer.body["error"]?.string == "invalid_grant")
    }
  }

  @Test(arguments: [
    (nil, "CMN-405"), ("Basic aWQ6c2VjcmV0", "OAU-151"), ("Bearer", "OAU-134"),
    ("Bearer a b", "OAU-134"), ("Bearer unknown", "OAU-213"),
  ])
  func `a request without a good token is 401`(_ value: String?, _ code: String) async throws {
    try await RunningEmulator.run { emulator in
      let fields = value.map { [("Authorization", $0)] } ?? []
      let answer = try await emulator.send("GET", "\(emulator.account)/extension", fields: fields)
      #expect(answer.status == 401)
      #expect(answer.code == code)
    }
  }

  @Test func `a token's life ends`() async throws {
    var settings = RunningEmulator.settings()
    settings.tokenLifetime = .zero
    try await RunningEmulator.run(settings) { emulator in
      let answer = try await emulator.get("/extension")
      #expect(answer.status == 401)
      #expect(answer.code == "OAU-128")
    }
  }

  @Test func `the sixth token ends the first, and revoking ends one`() async throws {
    try await RunningEmulator.run { emulator in
      for _ in 1...4 { _ = try await emulator.signIn() }
      #expect(try await emulator.get("/extension").status == 200)
      var latest = emulator
      latest.token = try await emulator.signIn().body["access_token"]?.string ?? ""
      let ended = try await emulator.get("/extension").code
      #expect(ended == "OAU-213")
      #expect(try await latest.get("/extension").status == 200)
      let answer = try await emulator.send(
        "POST",
        "/restapi/oauth/revoke",
        fields: [
          ("Authorization", "Basic aWQ6c2VjcmV0"),
          ("Content-Type", "application/x-www-form-urlencoded"),
        ],
        body: "token=\(latest.token)"
      )
      #expect(answer.status == 200)
      let revoked = try await latest.get("/extension").code
      #expect(revoked == "OAU-213")
    }
  }
}
