import Foundation
import Glibc
import Support
import Testing

/// `rcimport serve` with a certificate.
@Suite(.blocking) struct ServeTLSTests {
  private static let openssl = "/usr/bin/openssl"
  private static let curl = "/usr/bin/curl"

  private static func exist(_ programs: String...) -> Bool {
    programs.allSatisfy { access($0, X_OK) == 0 }
  }

  /// Runs a program of the system to its end.
  private static func run(
    _ program: String,
    in place: Workspace,
    _ arguments: [String]
  ) throws -> ChildProcess.End {
    try place.write("", to: "tool.log")
    let output = try place.openFile("tool.log")
    let nothing = try place.openFile("/dev/null")
    let streams = ChildProcess.Streams(
      input: nothing.descriptor,
      output: output.descriptor,
      error: output.descriptor
    )
    return try ChildProcess(
      program,
      arguments,
      environment: ["PATH=/usr/bin:/bin", "HOME=\(place.path)"],
      folder: place.path,
      streams: streams
    )
    .wait()
  }

  /// Makes a certificate that nobody but itself vouches for.
  private static func makeCertificate(in place: Workspace) throws {
    let end = try run(
      openssl,
      in: place,
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
        "-keyout", "key.pem", "-out", "cert.pem",
      ]
    )
    let log = try place.text(of: "tool.log")
    #expect(end == .exit(0), "\(log)")
  }

  @Test(.enabled(if: exist(openssl, curl)))
  func `who trusts its certificate is served, and nobody else speaks to it`() throws {
    let place = try Workspace()
    try Self.makeCertificate(in: place)
    let served = try ServedStore(
      [(1, "1001")],
      in: place,
      "--tls-cert",
      "cert.pem",
      "--tls-key",
      "key.pem"
    )
    #expect(served.origin.hasPrefix("https://"))
    let asked = ["-sS", "-o", "answer", "\(served.origin)/health"]
    #expect(try Self.run(Self.curl, in: place, ["--cacert", "cert.pem"] + asked) == .exit(0))
    #expect(try place.text(of: "answer") == #"{"status":"ok"}"#)
    #expect(
      try Self.run(Self.curl, in: place, ["--cacert", "cert.pem", "--tls-max", "1.1"] + asked)
        != .exit(0)
    )
    // Without encryption there is no answer at all.
    #expect(try served.give(1, "2001", served.token()).status == 0)
    try place.write(list((1, "2001")), to: "users.csv")
    let refused = try place.run(
      "apply",
      "users.csv",
      "--target",
      served.origin,
      "--retries",
      "0",
      environment: ["RCIMPORT_TOKEN=\(try served.token())"]
    )
    #expect(refused.code != 0)
    #expect(try place.assignments() == [id(1): "1001"])
    #expect(try served.stop().code == 0)
  }

  @Test(.enabled(if: exist(openssl)))
  func `a certificate without its own key is told`() throws {
    let place = try Workspace()
    try ServedStore.makeSecret(in: place)
    try Self.makeCertificate(in: place)
    try place.write(try place.bytes(of: "cert.pem"), to: "first.pem")
    try Self.makeCertificate(in: place)
    let serve = ["serve", "--secret-file", ServedStore.secretName, "--port", "0"]
    for (certificate, key) in [
      ("cert.pem", "missing.pem"), ("key.pem", "cert.pem"), ("first.pem", "key.pem"),
    ] {
      let result = try place.run(serve + ["--tls-cert", certificate, "--tls-key", key])
      #expect(result.code == 78, "\(certificate) \(key)")
      #expect(result.isOneSentence, "\(result.err)")
      #expect(result.err.contains("The certificate and key cannot be used"))
    }
    #expect(try place.run(serve + ["--tls-cert", "cert.pem"]).code == 64)
  }
}
