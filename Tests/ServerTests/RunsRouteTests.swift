import JSON
import NIOCore
import NIOHTTP1
import Server
import Testing

/// Past runs over HTTP.
struct RunsRouteTests {
  @Test func `runs are listed with the newest first`() async throws {
    try await ImportsServer.run { server in
      for first in 1...3 {
        let list = SampleFiles.list(1, from: first)
        #expect(try await server.importing(list, "unknownUsers=create").status == 200)
      }
      let runs = try await server.get("/runs").json["runs"]?.array
      #expect(runs?.map { $0["run"]?.integer } == [3, 2, 1])
      let latest = try await server.get("/runs?limit=2").json["runs"]?.array
      #expect(latest?.map { $0["run"]?.integer } == [3, 2])
      let detail = try await server.get("/runs/2").json
      #expect(detail["counts"]?["applied"]?.integer == 1)
      #expect(detail["changes"]?.integer == 1)
    }
  }

  @Test(arguments: ["0", "1001", "x", "", "-1"])
  func `a limit that is no good is named`(_ limit: String) async throws {
    try await ImportsServer.run { server in
      let answer = try await server.get("/runs?limit=\(limit)")
      #expect(answer.status == 400)
      #expect(try answer.problem?.contains("limit") == true)
    }
  }

  @Test(arguments: [
    "/runs/1", "/runs/x", "/runs/0", "/runs/01", "/runs/1/report", "/runs/../report",
  ])
  func `a run that is not there is not found`(_ path: String) async throws {
    try await ImportsServer.run { server in
      let answer = try await server.get(path)
      #expect(answer.status == 404)
      #expect(try answer.json["error"]?["code"]?.string == "NOT_FOUND")
    }
  }
}
