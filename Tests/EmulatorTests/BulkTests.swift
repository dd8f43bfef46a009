import Emulator
import JSON
import Testing

/// The update of many extensions at a time.
@Suite struct BulkTests {
  /// Asks for a task until it is over, so often at most.
  private static func follow(
    _ task: RunningEmulator.Answer,
    _ emulator: RunningEmulator
  ) async throws -> (statuses: [String], last: JSONValue) {
    var statuses = [task.body["status"]?.string ?? ""]
    var last = task.body
    let id = task.body["id"]?.string ?? ""
    while statuses.count < 5, statuses.last != "Completed", statuses.last != "Failed" {
      last = try await emulator.get("/extension-bulk-update/tasks/\(id)").body
      statuses.append(last["status"]?.string ?? "")
    }
    return (statuses, last)
  }

  private static func records(_ emulator: RunningEmulator) -> String {
    let ids = emulator.emulator.account.extensions.map(\.id)
    return #"{"records":[{"id":"\#(ids[0])","status":"Enabled","extensionNumber":"200","contact":{"#
      + #""firstName":"A","lastName":"B","email":"a@example.com"}},"#
      + #"{"id":"\#(ids[1])","extensionNumber":"911"},{"id":"5"}]}"#
  }

  @Test(arguments: [false, true])
  func `a task tells what became of each`(_ asArray: Bool) async throws {
    var settings = RunningEmulator.settings()
    settings.rules.bulkProvisions = true
    settings.faults = asArray ? [FaultRule(.arrayResult)] : []
    try await RunningEmulator.run(settings) { emulator in
      let task = try await emulator.bulk(Self.records(emulator))
      #expect(task.status == 200)
      let (statuses, last) = try await Self.follow(task, emulator)
      #expect(statuses == ["Accepted", "InProgress", "Completed"])
      let affected = last["result"]?["affectedItems"]
      let items = (asArray ? affected : affected?["result"])?.array ?? []
      #expect(items.map { $0["status"]?.string } == ["Success", "Fail", "Fail"])
      #expect(
        items.map { $0["errors"]?.array?.first?["errorCode"]?.string }
          == [nil, "CMN-101", "CMN-102"]
      )
      #expect(last["result"]?["errors"]?.array?.count == 2)
      #expect(emulator.emulator.account.unassignedCount == 1)
    }
  }

  @Test func `unassigned extensions stay so unless the account says otherwise`() async throws {
    try await RunningEmulator.run { emulator in
      let task = try await emulator.bulk(Self.records(emulator))
      _ = try await Self.follow(task, emulator)
      #expect(emulator.emulator.account.unassignedCount == 2)
    }
  }

  @Test func `a task may never end, or fail without a result`() async throws {
    try await RunningEmulator.run(RunningEmulator.settings(FaultRule(.taskStuck))) { emulator in
      let (statuses, _) = try await Self.follow(
        try await emulator.bulk(#"{"records":[]}"#),
        emulator
      )
      #expect(statuses.dropFirst().allSatisfy { $0 == "InProgress" })
    }
    try await RunningEmulator.run(RunningEmulator.settings(FaultRule(.taskFailed))) { emulator in
      let task = try await emulator.bulk(Self.records(emulator))
      let (statuses, last) = try await Self.follow(task, emulator)
      #expect(statuses.last == "Failed")
      #expect(last["result"] == nil)
    }
  }

  @Test func `too many records and none at all are refused`() async throws {
    try await RunningEmulator.run { emulator in
      let many = Array(repeating: #"{"id":"1"}"#, count: 501).joined(separator: ",")
      let tooMany = try await emulator.bulk("{\"records\":[\(many)]}").code
      #expect(tooMany == "CMN-106")
      let missing = try await emulator.bulk("{}").code
      #expect(missing == "CMN-100")
      let nameless = try await emulator.bulk(#"{"records":[{}]}"#).code
      #expect(nameless == "CMN-100")
      let unknown = try await emulator.get("/extension-bulk-update/tasks/1").code
      #expect(unknown == "CMN-102")
    }
  }

  @Test func `paths and methods that it does not know are refused`() async throws {
    try await RunningEmulator.run { emulator in
      for path in ["/", "/restapi", "\(emulator.account)/extension/", "\(emulator.account)/x"] {
        #expect(try await emulator.ask("GET", path).status == 404)
      }
      let answer = try await emulator.ask("DELETE", "\(emulator.account)/extension")
      #expect(answer.status == 405)
      let id = emulator.emulator.account.extensions[0].id
      let fields = [("Authorization", "Bearer \(emulator.token)"), ("Content-Type", "text/plain")]
      let path = "\(emulator.account)/extension/\(id)"
      #expect(try await emulator.send("PUT", path, fields: fields, body: "{}").status == 415)
    }
  }
}
