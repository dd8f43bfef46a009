import Bytes
import ImportModel
import SystemPackage
import Targets

/// Where the token of a target comes from: a file or the environment, never a flag's value, which
/// other users of the machine could read.
enum TokenSource {
  private static let variable = "RCIMPORT_TOKEN"
  /// Longer files are not read to their end; a token is far shorter.
  private static let maximumByteCount = 64 << 10

  /// Reads the token from a file, or from the environment when none is named.
  static func token(file: String?) throws(ImportError) -> Secret {
    guard let file else {
      guard let text = Terminal.environment(variable) else {
        throw ImportError(
          .configuration,
          "the target needs a token, and none was given",
          hint: "Name the file that holds it with --token-file, or set \(variable)"
        )
      }
      return try Secret(text, source: variable)
    }
    var bytes = ByteBuffer()
    do {
      let descriptor = try FileDescriptor.open(FilePath(file), .readOnly, options: .closeOnExec)
      defer { try? descriptor.close() }
      while bytes.count < maximumByteCount {
        let rest = maximumByteCount - bytes.count
        if try bytes.read(from: descriptor, atMost: rest) == 0 { break }
      }
    } catch {
      throw ImportError(
        .missingInput,
        "the token cannot be read: \(error)",
        hint: "Name the file that holds it with --token-file",
        file: file
      )
    }
    return try Secret(firstLineOf: bytes.span, source: file)
  }
}
