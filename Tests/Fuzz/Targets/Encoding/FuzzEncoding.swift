import Bytes
import Glibc
import Harness
import ImportModel
import Readers
import Rows
import SystemPackage

/// The encoding layer: a pipe gives the text that a file gives, in steps of any size; what comes out
/// of another encoding is UTF-8, does not depend on where reads begin and end, and comes back when it
/// is encoded again.
///
/// Settings: the encoding, `0` for finding it; bytes in a step; where in the body a read ends.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  let name = encodings[input[0] % encodings.count]
  guard let text = decoded(input.body, as: name) else { return 0 }
  require(text.piped == text.bytes, "a pipe gives another text")
  require(text.stepped(by: 1 + input[1]) == text.bytes, "steps give another text")
  guard !text.encoding.isUTF8 else {
    require(text.bytes == input.body, "UTF-8 was changed")
    return 0
  }
  require(UTF8Text.firstInvalid(in: text.bytes.span) == nil, "the text is not UTF-8")
  requireSameAcrossReads(input.body, text.encoding.name, place: input.place(2))
  requireRoundTrip(text)
  return 0
}

/// What users name, and `nil` for what is found out.
private let encodings: [String?] = [
  nil, "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "WINDOWS-1252",
  "ISO-8859-1", "ISO-8859-15", "CP1251", "SHIFT_JIS", "GB18030", "EUC-KR", "CP437", "MACINTOSH",
]

/// What the opening of a source reads at once.
private let headByteCount = 1 << 14

nonisolated(unsafe) private let file = NamelessFile()

/// A text and the source it came from.
private struct Decoded {
  let source: InputSource
  let bytes: [UInt8]
  /// The text as it comes through a pipe, `nil` when it is refused there.
  let piped: [UInt8]?
  var encoding: TextEncoding { source.encoding }

  /// The text again, read in steps.
  func stepped(by byteCount: Int) -> [UInt8]? { allText(of: source, step: byteCount) }
}

/// Decodes bytes from a file and from a pipe; `nil` when both refuse them.
private func decoded(_ bytes: [UInt8], as name: String?) -> Decoded? {
  var options = ReadingOptions()
  options.encoding = name
  file.replace(with: bytes)
  let source = try? InputSource(file.descriptor, name: "f", options: options, wantsDigest: false)
  let text = source.flatMap { allText(of: $0, step: 1 << 16) }
  guard let ends = try? FileDescriptor.pipe() else { fatalError("no pipe") }
  require((try? ends.writeEnd.writeAll(bytes)) == bytes.count, "a pipe too small")
  try? ends.writeEnd.close()
  defer { try? ends.readEnd.close() }
  let stream = try? InputSource(ends.readEnd, name: "p", options: options, wantsDigest: false)
  let piped = stream.flatMap { allText(of: $0, step: 1 << 16) }
  guard let source, let text else {
    require(piped == nil, "a pipe gives a text and a file none")
    return nil
  }
  return Decoded(source: source, bytes: text, piped: piped)
}

private func allText(of source: InputSource, step: Int) -> [UInt8]? {
  var buffer = ByteBuffer()
  do {
    while try source.read(at: UInt64(buffer.count), into: &buffer, atMost: step) > 0 {}
  } catch {
    return nil
  }
  return (0..<buffer.count).map { buffer[$0] }
}

/// With letters in front, so many that a read ends inside the body, the body gives the same text.
private func requireSameAcrossReads(_ body: [UInt8], _ name: String, place: Int) {
  let unit: [UInt8] =
    switch name {
    case "UTF-16LE": [0x61, 0]
    case "UTF-16BE": [0, 0x61]
    case "UTF-32LE": [0x61, 0, 0, 0]
    case "UTF-32BE": [0, 0, 0, 0x61]
    default: [0x61]
    }
  let count = (headByteCount - place) / unit.count
  let short = decoded(unit + body, as: name)?.bytes
  let long = decoded(Array(repeatElement(unit, count: count).joined()) + body, as: name)?.bytes
  require(
    short.map { Array($0.dropFirst()) } == long.map { Array($0.dropFirst(count)) },
    "\(name): the end of a read shows in the text"
  )
}

/// Text goes back into its encoding and out of it unchanged, what was lost on the way included.
private func requireRoundTrip(_ text: Decoded) {
  var encoded = ByteBuffer()
  TextEncoder(text.encoding).append(text.bytes.span, to: &encoded)
  // A letter in front, so that nothing that follows is taken for a byte order mark.
  var letter = ByteBuffer()
  TextEncoder(text.encoding).append([0x61].span, to: &letter)
  let bytes = (0..<letter.count).map { letter[$0] } + (0..<encoded.count).map { encoded[$0] }
  let again = decoded(bytes, as: text.encoding.name)?.bytes
  require(again == [0x61] + text.bytes, "\(text.encoding.name): \(text.bytes) did not come back")
}
