import JSON
import NIOCore
import NIOHTTP1
import Server
import Foundation
import Testing

/// Imports over HTTP: what they answer, and what they leave behind.
struct ImportsReportTests {
  @Test(
    arguments: ["clean", "dirty"],
    ["users.csv", "users.xml", "extensions.csv", "extensions.xml"]
  )
  func `a dry run answers with the report of the program`(_ folder: String, _ name: String)
    async throws
  {
    let expected = name.replacing(".", with: "-")
    try await ImportsServer.run { server in
      let answer = try await server.importing(try SampleFiles.bytes("\(folder)/\(name)"))
      #expect(answer.status == 200)
      #expect(answer.headers["Content-Type"] == ["application/x-ndjson"])
      #expect(answer.headers["Trailer"] == ["Rcimport-Summary"])
      #expect(answer.headers["Link"] == [])
      let report = try SampleFiles.bytes("\(folder)/expected/\(expected).ndjson")
      #expect(answer.body == report)
      #expect(try answer.summary?["run"] == .null)
      #expect(try answer.summary?["rows"]?.integer == answer.lineCount)
      #expect(try await server.get("/runs").text == #"{"runs":[]}"#)
    }
  }

  @Test func `rules are those of the program`() async throws {
    try await ImportsServer.run { server in
      let answer = try await server.importing(
        try SampleFiles.bytes("dirty/users.csv"),
        "dryRun=true&fix=safe&notes&problemsOnly=true"
      )
      #expect(answer.body == (try SampleFiles.bytes("dirty/expected/users-csv.fix-safe.ndjson")))
    }
  }

  @Test func `an applied import is a run with a report`() async throws {
    try await ImportsServer.run { server in
      let answer = try await server.importing(
        try SampleFiles.bytes("dirty/users.csv"),
        "name=dirty%2Fusers.csv"
      )
      #expect(answer.body == (try SampleFiles.bytes("dirty/expected/users-csv.applied.ndjson")))
      #expect(answer.headers["Link"] == [#"</runs/1>; rel="summary""#])
      #expect(try answer.summary?["run"]?.string == "1")
      let run = try await server.get("/runs/1").json
      #expect(run["inputs"]?.array?.first?["file"]?.string == "dirty/users.csv")
      #expect(run["command"]?.string?.hasSuffix(" by tester") == true)
      let report = try await server.get("/runs/1/report")
      #expect(report.headers["Content-Type"] == ["application/x-ndjson"])
      #expect(report.body == answer.body)
    }
  }

  @Test func `names that are not ASCII come escaped in the summary`() async throws {
    try await ImportsServer.run { server in
      let answer = try await server.importing(
        SampleFiles.list(1),
        "dryRun=true&name=%C3%A9%F0%9F%98%80.csv"
      )
      let trailer = try #require(answer.trailers?.first(name: "Rcimport-Summary"))
      #expect(trailer.contains(#""\u00e9\ud83d\ude00.csv""#))
      #expect(try answer.summary?["inputs"]?.array?.first?["file"]?.string == "é😀.csv")
    }
  }

  @Test func `a long summary loses its lists and keeps its counts`() async throws {
    let column = String(repeating: "é", count: 4000)
    let list = "\(column),rcExtension\n64b7f1a2e4b0a5d3f9c12345,1234\n"
    try await ImportsServer.run { server in
      let answer = try await server.importing(Array(list.utf8), "dryRun&map=userId%3D1")
      let trailer = try #require(answer.trailers?.first(name: "Rcimport-Summary"))
      #expect(trailer.utf8.count < 1000)
      #expect(try answer.summary?["rows"]?.integer == 1)
      #expect(try answer.summary?["inputs"]?.array?.isEmpty == true)
    }
  }

  @Test func `a big import in small pieces is taken whole`() async throws {
    try await ImportsServer.run { server in
      let list = SampleFiles.list(100_000)
      let answer = try await server.importing(
        list,
        "dryRun=true&unknownUsers=create",
        pieceByteCount: 777
      )
      #expect(answer.status == 200)
      #expect(answer.lineCount == 100_000)
      #expect(try answer.summary?["outcomes"]?["would_apply"]?.integer == 100_000)
    }
  }

  @Test func `the client may wait to be told to go on`() async throws {
    try await ImportsServer.run { server in
      let list = SampleFiles.list(2)
      let answer = try await HTTPExchange.connect(server.port) { inbound, outbound in
        try await outbound.write(
          .head(
            HTTPExchange.head(
              .POST,
              ImportsServer.path("dryRun=true"),
              [
                ("Authorization", "Bearer \(server.token)"), ("Expect", "100-continue"),
                ("Content-Length", "\(list.count)"),
              ],
              hasBody: true
            )
          )
        )
        return try await HTTPExchange.answer(inbound) {
          try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: list))))
          try await outbound.write(.end(nil))
        }
      }
      #expect(answer.status == 200)
      #expect(answer.lineCount == 2)
    }
  }
}
