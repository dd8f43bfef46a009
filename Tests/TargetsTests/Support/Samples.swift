import ImportModel
import Targets
import Testing

/// The assignment of the API's own example.
let sample = Assignment(
  user: ObjectID(high: 0x64B7_F1A2_E4B0_A5D3, low: 0xF9C1_2345),
  number: number("1234")
)

/// An extension, which the test writes correctly.
func number(_ text: String) -> ExtensionNumber {
  guard let number = ExtensionNumber(text) else { preconditionFailure("no extension: \(text)") }
  return number
}

let sampleToken = "sample-token-for-tests"
let success = #"{"message":"RingCentral extension updated successfully","data":{}}"#

/// An answer with a whole body.
func answer(_ status: String, _ body: String, headers: String...) -> ScriptedServer.Step {
  let fields = ["Content-Length: \(body.utf8.count)"] + headers
  return .send("HTTP/1.1 \(status)\r\n\(fields.joined(separator: "\r\n"))\r\n\r\n\(body)")
}

/// An error of the API.
func envelope(_ code: String, _ message: String) -> String {
  #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#
}

/// Calls the body with a target at an address, and closes the target.
func withTarget<Value>(
  _ address: String,
  timeout: Duration = .seconds(20),
  now: Int64 = 0,
  _ body: (AdminAPITarget) async throws -> Value
) async throws -> Value {
  var settings = try AdminAPISettings(
    baseAddress: address,
    token: Secret(sampleToken, source: "test")
  )
  settings.timeout = timeout
  let target = try AdminAPITarget(settings, now: { now })
  do {
    let value = try await body(target)
    await target.close()
    return value
  } catch {
    await target.close()
    throw error
  }
}

/// What comes of one attempt at a server that plays a script.
func attempt(
  _ script: ScriptedServer.Step...,
  timeout: Duration = .seconds(20),
  now: Int64 = 0
) async throws -> Attempt {
  try await ScriptedServer.run([script]) { server in
    try await withTarget("http://127.0.0.1:\(server.port)", timeout: timeout, now: now) {
      await $0.assign(sample)
    }
  }
}
