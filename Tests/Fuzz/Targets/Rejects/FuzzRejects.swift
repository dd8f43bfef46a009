import Bytes
import Harness
import ImportModel
import Readers
import Reports
import Rows
import SystemPackage
import Validation

/// Opening, checking and the rejects file: each rejected row has a reason, and a rejects file that
/// nobody mended gives no row that is accepted.
///
/// Settings: the rules; what the user says of the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  let rules = rules(of: input)
  let options = options(of: input)
  do {
    files.input.replace(with: input.body)
    let first = try CheckedInput(files.input, options, rules)
    guard !first.rejected.isEmpty else { return 0 }
    try first.writeRejects(to: files.rejects, rules)
  } catch {
    // Inputs are refused, which is an answer; writing to memory does not fail.
    return 0
  }
  requireRejectedAgain(options, rules)
  return 0
}

/// Whether the rejects file, as it stands, gives nothing but rejected rows.
private func requireRejectedAgain(_ options: ReadingOptions, _ rules: Rules) {
  let written = files.rejects.bytes
  files.again.replace(with: written)
  guard let second = try? CheckedInput(files.again, options, rules) else { return }
  require(
    second.accepted.isEmpty,
    "accepted \(second.accepted) of \(String(decoding: written, as: UTF8.self))"
  )
}

/// The input, its rejects, and these as an input.
nonisolated(unsafe) private let files = (
  input: NamelessFile(), rejects: NamelessFile(), again: NamelessFile()
)

private func rules(of input: FuzzInput) -> Rules {
  var rules = Rules()
  rules.fix = input.has(0, of: 0) ? .safe : .none
  rules.strict = input.has(1, of: 0)
  rules.onBlank = input.has(2, of: 0) ? .clear : .reject
  return rules
}

private func options(of input: FuzzInput) -> ReadingOptions {
  var options = ReadingOptions()
  if input.has(0, of: 1) {
    options.hasHeader = false
    options.map = [.userID: "1", .extensionNumber: "2"]
    options.delimiter = UInt8(ascii: ",")
  }
  if input.has(1, of: 1) { options.kind = .users }
  if input.has(2, of: 1) { options.encoding = "WINDOWS-1252" }
  if input.has(3, of: 1) {
    options.maximumRowByteCount = 64
    options.maximumFieldByteCount = 48
  }
  return options
}
