import Bytes
import ImportModel

/// What sentences said of other findings, to be said again: most have a few numbers in common and
/// differ in their value alone, which stands before.
struct KnownStatements: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var code: ReasonCode
    var hasField: Bool
    var number: Int
    var limit: Int
    var json: ByteRange

    func isAbout(_ finding: CompactFinding) -> Bool {
      code.rawValue == finding.code.rawValue && number == finding.number && limit == finding.limit
        && hasField == (finding.field != nil)
    }
  }

  /// An entry for each of so many places, to which codes and numbers lead.
  private var entries = [Entry?](repeating: nil, count: Self.placeCount)
  private var texts = ByteBuffer()

  private static let placeCount = 256
  /// What is known is forgotten when its texts become longer.
  private static let maximumByteCount = 1 << 16

  /// Adds what the sentence of a finding says behind its subject, in JSON.
  mutating func append(
    _ finding: CompactFinding,
    of list: borrowing FindingList,
    to text: inout ByteBuffer
  ) {
    guard ReasonText.saysNumbersOnly(finding) else {
      ReasonText.append(statementOf: finding, of: list, as: .json, to: &text)
      return
    }
    let place = Self.place(of: finding)
    if let entry = entries[place], entry.isAbout(finding) {
      text.append(entry.json.range, of: texts)
      return
    }
    let start = text.count
    ReasonText.append(statementOf: finding, of: list, as: .json, to: &text)
    if texts.count > Self.maximumByteCount {
      texts.removeAll()
      for place in entries.indices { entries[place] = nil }
    }
    let knownStart = texts.count
    texts.append(start..<text.count, of: text)
    entries[place] = Entry(
      code: finding.code,
      hasField: finding.field != nil,
      number: finding.number,
      limit: finding.limit,
      json: ByteRange(knownStart..<texts.count)
    )
  }

  private static func place(of finding: CompactFinding) -> Int {
    let number = UInt(bitPattern: finding.number &* 31 &+ finding.limit)
    return Int((number &* 17 &+ UInt(finding.code.rawValue)) % UInt(placeCount))
  }
}
