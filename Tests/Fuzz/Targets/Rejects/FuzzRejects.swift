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
  files.input.replace(with: input.body)
  // To refuse an input is an answer.
  guard let first = try? CheckedInput(files.input, options, rules), !first.rejected.isEmpty else {
    return 0
  }
  do {
    try first.writeRejects(to: files.rejects, rules)
  } catch {
    fatalError("\(error)")
  }
  requireRejectedAgain(first, options, rules)
  return 0
}

/// Whether the rejects file, as it stands, gives nothing but rejected rows, and each of them.
private func requireRejectedAgain(
  _ first: CheckedInput,
  _ options: ReadingOptions,
  _ rules: Rules
) {
  let written = files.rejects.bytes
  files.again.replace(with: written)
  var text: String { String(decoding: written, as: UTF8.self) }
  do {
    let second = try CheckedInput(files.again, options, rules)
    require(second.accepted.isEmpty, "accepted \(second.accepted) of \(text)")
    require(
      second.rejected.count + second.footerCount == first.rejected.count
        || !second.isTaken(like: first),
      "\(second.rejected.count) rows, not \(first.rejected.count), of \(text)"
    )
  } catch {
    // What columns mean is told from the values too, of which only the damaged ones are left; but
    // XML that we write of XML is XML.
    let name = first.isXML ? error.finding?.code.entry.name ?? "" : ""
    require(!name.hasPrefix("xml_") || name == "xml_no_records", "\(error) for \(text)")
  }
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
