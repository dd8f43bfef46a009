import Emulator
import JSON
import Testing

/// The list of extensions.
@Suite struct ListTests {
  private static let account = RunningEmulator.account(users: 5, limited: 2)
  private static let ids = account.extensions.map { Int($0.id) }

  @Test func `pages lead from the first to the last`() async throws {
    try await RunningEmulator.run(account: Self.account) { emulator in
      var seen: [Int] = []
      var next: String? = "\(emulator.account)/extension?perPage=3&type=User&type=Limited"
      var pages: [[Int]] = []
      while let path = next {
        let answer = try await emulator.ask("GET", path)
        #expect(answer.status == 200)
        seen += answer.ids
        let paging = answer.body["paging"]
        pages.append(
          ["page", "perPage", "pageStart", "pageEnd", "totalPages", "totalElements"].map {
            paging?[$0]?.integer ?? -1
          }
        )
        let links = answer.body["navigation"]
        #expect((links?["previousPage"] == nil) == (pages.count == 1))
        #expect(links?["lastPage"]?["uri"]?.string?.contains("page=3&perPage=3") == true)
        next = links?["nextPage"]?["uri"]?.string.map { uri in
          #expect(uri.hasPrefix(emulator.origin))
          #expect(uri.hasSuffix("&type=User&type=Limited"))
          return String(uri.dropFirst(emulator.origin.count))
        }
      }
      #expect(seen == Self.ids)
      #expect(pages == [[1, 3, 0, 2, 3, 7], [2, 3, 3, 5, 3, 7], [3, 3, 6, 6, 3, 7]])
    }
  }

  @Test func `an unassigned record says little`() async throws {
    try await RunningEmulator.run(account: Self.account) { emulator in
      let answer = try await emulator.get("/extension")
      let record = answer.body["records"]?.array?.first?.object
      #expect(
        record?.members.map(\.name) == ["uri", "id", "type", "status", "hidden", "profileImage"]
      )
      #expect(record?["hidden"]?.bool == true)
      #expect(answer.body["paging"]?["perPage"]?.integer == 100)
    }
  }

  @Test func `filters narrow the list, several values of one widen it`() async throws {
    try await RunningEmulator.run(account: Self.account) { emulator in
      let id = Int64(Self.ids[1])
      _ = try await emulator.put(
        id,
        #"{"status":"Enabled","extensionNumber":"0201","contact":{"firstName":"A","lastName":"B","#
          + #""email":"a+b@example.com"}}"#
      )
      for (query, count) in [
        ("status=Unassigned", 6), ("status=Enabled", 1), ("status=Unassigned&status=Enabled", 7),
        ("type=Limited", 2), ("type=User", 5), ("type=User&type=Limited", 7), ("type=Bot", 0),
        ("type=User&status=Unassigned", 4), ("extensionNumber=0201", 1), ("extensionNumber=201", 0),
        ("email=A%2Bb@example.com", 1), ("email=x@example.com&email=a%2Bb@example.com", 1),
        ("email=a+b@example.com", 0), ("anything=else", 7),
      ] {
        let answer = try await emulator.get("/extension?\(query)")
        #expect(answer.body["paging"]?["totalElements"]?.integer == count, "\(query)")
        #expect(answer.ids.count == count, "\(query)")
      }
    }
  }

  @Test func `an empty page has no first and last element`() async throws {
    try await RunningEmulator.run(account: Self.account) { emulator in
      for query in ["page=9&perPage=5", "page=2147483647&perPage=1000", "type=Bot"] {
        let answer = try await emulator.get("/extension?\(query)")
        #expect(answer.status == 200)
        #expect(answer.ids.isEmpty)
        #expect(answer.body["paging"]?["pageStart"] == nil)
        #expect(answer.body["paging"]?["pageEnd"] == nil)
        #expect(answer.body["navigation"]?["nextPage"] == nil)
      }
    }
  }

  @Test(arguments: [
    ("page=0", "page"), ("page=-1", "page"), ("page=x", "page"), ("page=2147483648", "page"),
    ("perPage=0", "perPage"), ("perPage=1001", "perPage"), ("status=Free", "status"),
    ("type=Chair", "type"), ("extensionNumber=123456789", "extensionNumber"),
  ])
  func `a query that cannot be is refused`(_ query: String, _ parameter: String) async throws {
    try await RunningEmulator.run { emulator in
      let answer = try await emulator.get("/extension?\(query)")
      #expect(answer.status == 400)
      #expect(answer.code == "CMN-101")
      #expect(answer.parameter == parameter)
    }
  }

  @Test func `the account is named by its id or a tilde`() async throws {
    try await RunningEmulator.run { emulator in
      let id = emulator.emulator.account.id
      #expect(try await emulator.ask("GET", "/restapi/v1.0/account/\(id)/extension").status == 200)
      let answer = try await emulator.ask("GET", "/restapi/v1.0/account/1/extension")
      #expect(answer.status == 404)
      #expect(answer.parameter == "accountId")
    }
  }

  @Test func `limits of the account are told`() async throws {
    var settings = RunningEmulator.settings()
    settings.rules.maximumNumberLength = 5
    try await RunningEmulator.run(settings) { emulator in
      let answer = try await emulator.get("/service-info")
      #expect(answer.body["limits"]?["maxExtensionNumberLength"]?.integer == 5)
      let id = emulator.emulator.account.extensions[0].id
      #expect(try await emulator.put(id, #"{"extensionNumber":"123456"}"#).status == 400)
    }
  }

  @Test func `the same seed invents the same ids`() {
    #expect(RunningEmulator.account().extensions == RunningEmulator.account().extensions)
    #expect(Account(seed: 1).id != Account(seed: 2).id)
  }
}
