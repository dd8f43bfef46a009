import ArgumentParser
import Bytes
import Emulator
import ImportModel
import SystemPackage

/// What clients of a stand-in have to show; secrets come from files or the environment.
struct EmulatedCredentialOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The client id to show (default: $RC_APP_CLIENT_ID, else any).",
      valueName: "text"
    )
  )
  var clientID: String?

  @Option(
    help: ArgumentHelp(
      "The file with the client secret (default: $RC_APP_CLIENT_SECRET, else any).",
      valueName: "file"
    ),
    completion: .file()
  )
  var clientSecretFile: String?

  @Option(
    help: ArgumentHelp(
      "The file with the JWT (default: $RC_USER_JWT, else any).",
      valueName: "file"
    ),
    completion: .file()
  )
  var jwtFile: String?

  @Option(
    help: ArgumentHelp(
      "How long access tokens are good (default: what the client asks for, else 1h).",
      valueName: "time"
    ),
    transform: DurationText.duration
  )
  var tokenLifetime: Duration?

  /// Longer files are not read to their end; a secret is far shorter.
  private static let maximumByteCount = 64 << 10

  func validate() throws {
    if let tokenLifetime, tokenLifetime <= .zero {
      throw ValidationError("--token-lifetime takes a time above zero.")
    }
  }

  /// What was given.
  func credentials() throws(ImportError) -> EmulatorCredentials {
    var credentials = EmulatorCredentials()
    if let clientID {
      credentials.clientID = try ExpectedSecret(clientID, source: "--client-id")
    } else {
      credentials.clientID = try Self.variable("RC_APP_CLIENT_ID")
    }
    credentials.clientSecret = try Self.secret(clientSecretFile, or: "RC_APP_CLIENT_SECRET")
    credentials.jwt = try Self.secret(jwtFile, or: "RC_USER_JWT")
    return credentials
  }

  private static func secret(
    _ file: String?,
    or variable: String
  ) throws(ImportError) -> ExpectedSecret? {
    guard let file else { return try self.variable(variable) }
    var bytes = ByteBuffer()
    do {
      let descriptor = try FileDescriptor.open(FilePath(file), .readOnly, options: .closeOnExec)
      defer { try? descriptor.close() }
      while bytes.count < maximumByteCount {
        if try bytes.read(from: descriptor, atMost: maximumByteCount - bytes.count) == 0 { break }
      }
    } catch {
      throw ImportError(.missingInput, "the secret cannot be read: \(error)", file: file)
    }
    return try ExpectedSecret(firstLineOf: bytes.span, source: file)
  }

  private static func variable(_ name: String) throws(ImportError) -> ExpectedSecret? {
    guard let text = Terminal.environment(name) else { return nil }
    return try ExpectedSecret(text, source: name)
  }
}
