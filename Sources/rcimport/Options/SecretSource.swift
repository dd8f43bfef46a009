import Bytes
import ImportModel
import SystemPackage
import Targets

/// Where a secret comes from: a file or the environment, never a flag's value, which other users of
/// the machine could read.
struct SecretSource {
  /// Longer files are not read to their end; a secret is far shorter.
  private static let maximumByteCount = 64 << 10

  /// The token of the admin API.
  static let token = SecretSource(
    what: "a token",
    option: "--token-file",
    variables: ["RCIMPORT_TOKEN"]
  )

  /// What it is, for messages.
  let what: String
  /// The option that names its file.
  let option: String
  /// The variables that may hold it, the first one of which is told to people.
  let variables: [String]

  /// Reads the secret from a file, or from the environment when none is named.
  func read(file: String?) throws(ImportError) -> Secret {
    guard let file else {
      for variable in variables {
        if let text = Terminal.environment(variable), !text.isEmpty {
          return try Secret(text, source: variable)
        }
      }
      throw ImportError(
        .configuration,
        "the target needs \(what), and none was given",
        hint: "Name the file that holds it with \(option), or set \(variables[0])"
      )
    }
    var bytes = ByteBuffer()
    do {
      let descriptor = try FileDescriptor.open(FilePath(file), .readOnly, options: .closeOnExec)
      defer { try? descriptor.close() }
      while bytes.count < Self.maximumByteCount {
        let rest = Self.maximumByteCount - bytes.count
        if try bytes.read(from: descriptor, atMost: rest) == 0 { break }
      }
    } catch {
      throw ImportError(
        .missingInput,
        "\(what) cannot be read: \(error)",
        hint: "Name the file that holds it with \(option)",
        file: file
      )
    }
    return try Secret(firstLineOf: bytes.span, source: file)
  }
}
