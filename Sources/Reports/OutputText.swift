import Bytes
import ImportModel

/// Text on its way to an output: gathered, encoded, written in large pieces.
struct OutputText: ~Copyable {
  /// What waits to be written, in UTF-8.
  var bytes: ByteBuffer

  private let file: OutputFile
  private let encoding: TextEncoding?
  /// Pieces are at least so long.
  private let pieceByteCount: Int

  /// Makes text without content; no encoding means UTF-8.
  init(to file: OutputFile, encoding: TextEncoding? = nil) {
    self.file = file
    self.encoding = encoding
    // Longer ones are not faster, but where each is handed to another thread.
    pieceByteCount = file.companion == nil ? 1 << 18 : 1 << 20
    bytes = ByteBuffer(minimumCapacity: pieceByteCount + (1 << 14))
  }

  /// Writes what waits, if it is enough for a piece.
  mutating func flushIfFull() throws(ImportError) {
    if bytes.count >= pieceByteCount { try flush(upTo: wholeCharacters) }
  }

  /// Writes the rest and completes the output.
  mutating func finish() throws(ImportError) {
    try flush(upTo: bytes.count)
    try file.finish()
  }

  /// Gives the output up.
  func abandon() { file.abandon() }

  private mutating func flush(upTo end: Int) throws(ImportError) {
    guard let encoding else { return try file.write(&bytes) }
    var encoded = ByteBuffer(minimumCapacity: end)
    encoded.append(try encoding(bytes.array(upTo: end)))
    bytes.removePrefix(end)
    try file.write(&encoded)
  }

  /// Where the last character that is complete ends.
  private var wholeCharacters: Int {
    let bytes = bytes.span
    var start = bytes.count
    while start > max(0, bytes.count - 4) {
      start -= 1
      if bytes[start] & 0xC0 != 0x80 {
        let isWhole = bytes[start] < 0x80 || UTF8Text.sequenceLength(in: bytes, at: start) > 0
        return isWhole ? bytes.count : start
      }
    }
    return bytes.count
  }
}

extension ByteBuffer {
  /// A copy of the bytes before `end`.
  func array(upTo end: Int) -> [UInt8] {
    let bytes = span
    var array: [UInt8] = []
    array.reserveCapacity(end)
    for index in 0..<end { array.append(bytes[index]) }
    return array
  }

  /// A copy of all bytes.
  var array: [UInt8] { array(upTo: count) }
}
