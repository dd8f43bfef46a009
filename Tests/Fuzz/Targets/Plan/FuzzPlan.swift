import Bytes
import Harness
import ImportModel
import Readers
import Rows
import Validation

/// The plan of an assignment list: every row has an outcome, and a reason when it is rejected; no
/// extension gets two users; the same again changes nothing; the list cut in two gives the same;
/// mended rejects lead to where the mended list leads.
///
/// Settings: the rules; what the store knows; where the list is cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  let rules = rules(of: input)
  let text = header + input.body
  files.whole.replace(with: text)
  // To refuse an input is an answer.
  guard let first = try? SettledFiles([files.whole], options, rules, ModelStore()) else { return 0 }
  let store = store(of: input, for: first.rows)
  do {
    let settled = try SettledFiles([files.whole], options, rules, store)
    requireSense(settled, rules, store)
    requireSameInTwo(settled, text, rules, store, input)
    try requireMendable(settled, text, rules, store)
  } catch {
    fatalError("\(error)")
  }
  return 0
}

private let header = Array("userId,rcExtension\n".utf8)

private let options: ReadingOptions = {
  var options = ReadingOptions()
  options.delimiter = UInt8(ascii: ",")
  options.encoding = "UTF-8"
  options.format = .csv
  options.kind = .users
  options.allowsEmpty = true
  return options
}()

nonisolated(unsafe) private let files = (
  whole: NamelessFile(), start: NamelessFile(), end: NamelessFile(), rejects: NamelessFile(),
  mended: NamelessFile()
)

private func rules(of input: FuzzInput) -> Rules {
  var rules = Rules()
  rules.fix = input.has(0, of: 0) ? .safe : .none
  rules.unknownUsers = input.has(1, of: 0) ? .reject : .create
  rules.onDuplicate = Rules.OnDuplicate.allCases[(input[0] >> 2 & 3) % 3]
  rules.onExisting = Rules.OnExisting.allCases[(input[0] >> 4 & 3) % 3]
  rules.onBlank = Rules.OnBlank.allCases[(input[0] >> 6 & 3) % 3]
  return rules
}

/// A store of users of the list, who have its extensions, though others than they want.
private func store(of input: FuzzInput, for rows: [SettledRow]) -> ModelStore {
  var store = ModelStore()
  let numbers = rows.compactMap(\.number)
  var given: Set<ExtensionNumber> = []
  for (place, user) in rows.compactMap(\.user).enumerated() where input.has(place % 6, of: 1) {
    guard store.users[user] == nil else { continue }
    var number = numbers.isEmpty ? nil : numbers[(place + (input[1] >> 6)) % numbers.count]
    if let wanted = number, !given.insert(wanted).inserted { number = nil }
    store.users.updateValue(number, forKey: user)
  }
  return store
}

private func requireSense(_ settled: SettledFiles, _ rules: Rules, _ store: ModelStore) {
  var after = store
  after.apply(settled.rows)
  for row in settled.rows {
    require([.rejected, .wouldApply, .unchanged].contains(row.outcome), "\(row) is undecided")
    require(row.outcome != .rejected || row.isExplained, "\(row) was rejected without a reason")
  }
  require(!after.hasConflict, "an extension for two users: \(settled.rows) on \(store)")
  let touched = Set(settled.rows.filter { $0.outcome == .wouldApply }.compactMap(\.user))
  for (user, number) in store.users where !touched.contains(user) {
    require(after.users[user] == number, "\(user) changed although no row says so")
  }
  guard let again = try? SettledFiles([files.whole], options, rules, after) else {
    return require(false, "refused the second time")
  }
  require(!again.rows.contains { $0.outcome == .wouldApply }, "\(again.rows) on \(after)")
}

/// Cuts the list between two rows and settles the parts as two inputs.
private func requireSameInTwo(
  _ settled: SettledFiles,
  _ text: [UInt8],
  _ rules: Rules,
  _ store: ModelStore,
  _ input: FuzzInput
) {
  guard !settled.rows.isEmpty, settled.footerCount == 0 else { return }
  let cut = Int(settled.rows[settled.rows.count * input[2] / 256].position.offset)
  files.start.replace(with: Array(text[..<cut]))
  files.end.replace(with: header + text[cut...])
  guard let parts = try? SettledFiles([files.start, files.end], options, rules, store),
    parts.footerCount == 0
  else { return }
  require(
    parts.rows.map(\.outcome) == settled.rows.map(\.outcome),
    "cut at \(cut): \(parts.rows), not \(settled.rows)"
  )
}

/// Mends every rejected row, in the list itself and in its rejects, and applies both.
private func requireMendable(
  _ settled: SettledFiles,
  _ text: [UInt8],
  _ rules: Rules,
  _ store: ModelStore
) throws(ImportError) {
  guard settled.footerCount == 0 else { return }
  var direct = store
  var detour = store
  detour.apply(settled.rows)

  var lines = header
  var place = 0
  for (row, record) in zip(settled.rows, try settled.records(of: text)) {
    lines += row.outcome == .rejected ? good(place) : record
    lines.append(0x0A)
    if row.outcome == .rejected { place += 1 }
  }
  guard place > 0 else { return }
  files.mended.replace(with: lines)
  direct.apply(try SettledFiles([files.mended], options, rules, direct).rows)

  try settled.writeRejects(to: files.rejects)
  let rejects = files.rejects.bytes
  files.mended.replace(with: rejects)
  // Whether a row at the end is a total is told from the rows around it, of which some are missing.
  let written = try SettledFiles([files.mended], options, rules, detour)
  guard written.footerCount == 0 else { return }
  require(written.rows.count == place, "\(written.rows.count) rows of \(place) came back")
  require(!written.rows.contains { $0.outcome == .wouldApply && $0.number == nil }, "unmended")
  var mended = Array(rejects.prefix { $0 != 0x0A }) + [0x0A]
  for row in 0..<place { mended += good(row) + Array(",\(row),\(row),code,,,\n".utf8) }
  files.mended.replace(with: mended)
  detour.apply(try SettledFiles([files.mended], options, rules, detour).rows)
  require(direct == detour, "\(direct) by the list, \(detour) by its rejects")
}

/// A row that nothing is wrong with, other than all before it.
private func good(_ place: Int) -> [UInt8] {
  let digits = String(place)
  let four = String(repeating: "0", count: 4 - digits.utf8.count) + digits
  return Array("facefacefacefaceface\(four),98765\(four)".utf8)
}
