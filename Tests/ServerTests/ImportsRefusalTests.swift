import JSON
import NIOCore
import NIOHTTP1
import Server
import Testing

/// Imports over HTTP that are refused as a whole.
struct ImportsRefusalTests {
  @Test(arguments: [
    ("", "no content"),
    ("<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
    ("\u{D0}\u{CF}\u{11}\u{E0}\u{A1}\u{B1}\u{1A}\u{E1}", "Excel"),
    ("\u{1F}\u{8B}\u{8}\u{0}", "compressed"),
    ("{\"users\":[]}", "JSON"),
    ("colour,size\nred,1\nblue,2\n", "userId"),
    ("userId,rcExtension\n", "no rows"),
    ("<users><user>", "XML"),
  ])
  func `what cannot be read is told in the program's words`(
    _ body: String,
    _ word: String
  ) async throws {
    // Bytes as they stand: U+008B is one byte here.
    let bytes = body.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    try await ImportsServer.run { server in
      let answer = try await server.importing(bytes, "")
      #expect(answer.status == 400)
      #expect(try answer.json["error"]?["code"]?.string == "VALIDATION_ERROR")
      let problem = try #require(try answer.problem)
      #expect(problem.contains(word), "\(problem)")
      #expect(try await server.get("/runs").text == #"{"runs":[]}"#)
    }
  }

  @Test(arguments: [
    ("foo=1", "foo"),
    ("dryRun=yes", "dryRun"),
    ("dryRun=true&dryRun=true", "dryRun"),
    ("fix=all", "fix"),
    ("onDuplicate=last", "onDuplicate"),
    ("unknownUsers=maybe", "unknownUsers"),
    ("onExisting=", "onExisting"),
    ("onBlank=Skip", "onBlank"),
    ("strict=1", "strict"),
    ("includeDisabled=no", "includeDisabled"),
    ("kind=people", "kind"),
    ("format=json", "format"),
    ("delimiter=ab", "delimiter"),
    ("encoding=klingon", "encoding"),
    ("noHeader=x", "noHeader"),
    ("map=userId", "map"),
    ("map=userId%3Da&map=userId%3Db", "map"),
    ("recordPath=a//b", "recordPath"),
    ("problemsOnly=x", "problemsOnly"),
    ("maxErrors=-1", "maxErrors"),
    ("maxChange=5", "maxChange"),
    ("atomic=x", "atomic"),
    ("name=", "name"),
    ("reserved=1", "reserved"),
    ("range=9-1", "range"),
    ("name=%zz", "%"),
    ("name=%ff", "UTF-8"),
  ])
  func `a parameter that is no good is named`(_ query: String, _ name: String) async throws {
    try await ImportsServer.run { server in
      let answer = try await server.importing(SampleFiles.list(1), query)
      #expect(answer.status == 400)
      #expect(try answer.json["error"]?["code"]?.string == "VALIDATION_ERROR")
      #expect(try answer.problem?.contains(name) == true)
    }
  }

  @Test(arguments: [
    ("multipart/form-data; boundary=x", 415), ("application/json", 415), ("image/png", 415),
    ("text/csv; charset=utf-8", 200), ("application/xml", 200), ("text/xml", 200),
    ("application/octet-stream", 200), ("Text/CSV", 200),
  ])
  func `the type of the body may only be one that is read`(
    _ type: String,
    _ status: Int
  ) async throws {
    try await ImportsServer.run { server in
      let answer = try await server.importing(
        SampleFiles.list(1),
        headers: [("Content-Type", type)]
      )
      #expect(answer.status == status)
      if type.hasPrefix("multipart") {
        #expect(try answer.problem?.contains("--data-binary @users.csv") == true)
      }
    }
  }

  @Test(arguments: [true, false])
  func `a body that is too large is refused`(_ tellsLength: Bool) async throws {
    try await ImportsServer.run({ $0.maximumUploadByteCount = 10_000 }) { server in
      let list = SampleFiles.list(1000)
      let answer = try await server.importing(
        list,
        headers: tellsLength ? [("Content-Length", "\(list.count)")] : []
      )
      #expect(answer.status == 413)
      #expect(try await server.importing(SampleFiles.list(10)).status == 200)
    }
  }

  @Test func `nobody imports without a token`() async throws {
    try await ImportsServer.run { server in
      let answer = try await HTTPExchange.run(
        server.port,
        .POST,
        ImportsServer.path(""),
        [],
        body: SampleFiles.list(1)
      )
      #expect(answer.status == 401)
      #expect(try await server.get("/runs").text == #"{"runs":[]}"#)
    }
  }
}
