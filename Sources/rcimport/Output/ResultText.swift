import Bytes
import ImportModel
import JSON
import Reports

/// A command's result on its way to standard output or to a file, written in large pieces.
final class ResultText {
  /// What waits to be written.
  var bytes = ByteBuffer(minimumCapacity: pieceByteCount + (1 << 14))

  private let file: OutputFile
  private static let pieceByteCount = 1 << 18

  /// Opens an output: a path, or `-` for standard output.
  init(to name: String = "-") throws(ImportError) { file = try OutputFile.open(name) }

  /// Adds a JSON value on its own line.
  func addLine(_ value: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    value(&writer)
    bytes.append(writer.bytes.span)
    bytes.append("\n")
  }

  /// Writes what waits, if it is enough for a piece.
  func flushIfFull() throws(ImportError) {
    if bytes.count >= Self.pieceByteCount { try flush() }
  }

  /// Writes what waits.
  func flush() throws(ImportError) { try file.write(&bytes) }

  /// Writes the rest; a file appears under its name now.
  func finish() throws(ImportError) {
    try flush()
    try file.finish()
  }

  /// Writes text to standard output, all of it.
  static func print(_ text: String) throws(ImportError) {
    let result = try ResultText()
    result.bytes.append(text: text)
    try result.finish()
  }
}
