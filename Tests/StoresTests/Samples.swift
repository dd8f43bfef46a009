import Glibc
import ImportModel
import Stores
import Testing

/// Writes users and extensions in a few words.
extension DirectoryStore {
  /// Records a run that only matters for its changes.
  @discardableResult
  func apply(
    inputs: [RunInput] = [],
    _ body: (any StoreWriter) throws(ImportError) -> Void
  ) throws(ImportError) -> RunID {
    let run = NewRun(
      startedAt: UTCTime(secondsSince1970: 1_700_000_000),
      command: "apply",
      version: "1.0",
      rules: #"{"fix":"none"}"#,
      counts: #"{"applied":1}"#,
      inputs: inputs
    )
    return try apply(run, body)
  }
}

extension StoreWriter {
  /// Writes a user; the fields must be in use.
  func write(
    _ id: ObjectID,
    isNew: Bool = true,
    _ number: NumberChange = .keep,
    before: ExtensionNumber? = nil,
    row: UInt32 = 0,
    texts: [Field: String] = [:]
  ) throws(ImportError) {
    let origin = ChangeOrigin(row: row, input: 0, inputRow: row + 2)
    try begin(UserWrite(id: id, isNew: isNew, number: number, before: before, origin: origin))
    for (field, value) in texts { try set(field, Array(value.utf8).span) }
    try finish()
  }

  /// Writes an extension; the fields must be in use.
  func write(
    extension number: ExtensionNumber?,
    id: UInt64? = nil,
    row: UInt32 = 0,
    texts: [Field: String] = [:]
  ) throws(ImportError) {
    let origin = ChangeOrigin(row: row, input: 0, inputRow: row + 2)
    try begin(ExtensionWrite(number: number, ringCentralID: id, origin: origin))
    for (field, value) in texts { try set(field, Array(value.utf8).span) }
    try finish()
  }
}

/// A user's id made of a small number.
func user(_ number: Int) -> ObjectID {
  ObjectID(high: 0x64B7_F1A2_E4B0_A5D3, low: UInt32(number))
}

/// An extension of digits that are right.
func number(_ digits: String) throws -> ExtensionNumber {
  try #require(ExtensionNumber(digits))
}

/// The digest of some fields with their texts.
func digest(_ fields: [Field], _ texts: [String]) -> UInt64 {
  var digest = RecordDigest()
  for (field, text) in zip(fields, texts) { digest.add(field, Array(text.utf8).span) }
  return digest.value
}

/// The error that some work throws.
func failure(_ work: () throws(ImportError) -> Void) -> ImportError? {
  do {
    try work()
    return nil
  } catch {
    return error
  }
}

/// The same random numbers in every run (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
