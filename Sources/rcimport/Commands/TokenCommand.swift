import ArgumentParser
import ImportModel
import Server
import Stores

/// Prints a signed token for the API.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Print an administrator's token for the HTTP API.",
    discussion: """
      Examples:
        rcimport token --secret-file jwt.secret --subject alice --expires-in 1h
        curl -H "Authorization: Bearer $(rcimport token --secret-file jwt.secret)" ...

      The token is signed with HS256, as serve --secret-file checks it. Whoever has it can change \
      every user's extension until it expires: keep it short-lived.
      """
  )

  @Option(
    help: ArgumentHelp("The file with the secret, at least 32 bytes.", valueName: "file"),
    completion: .file()
  )
  var secretFile: String

  @Option(help: ArgumentHelp("Who uses the token, for the record of changes.", valueName: "name"))
  var subject = "rcimport"

  @Option(
    help: ArgumentHelp("How long it holds: 90s, 15m, 1h, 7d (default: 1h).", valueName: "time"),
    transform: DurationText.duration
  )
  var expiresIn = Duration.seconds(3600)

  @Option(
    help: ArgumentHelp("When it begins to hold, from now (default: at once).", valueName: "time"),
    transform: DurationText.duration
  )
  var notBefore: Duration?

  @Option(help: ArgumentHelp("The issuer (iss).", valueName: "text"))
  var issuer: String?

  @Option(help: ArgumentHelp("The audience (aud).", valueName: "text"))
  var audience: String?

  func validate() throws {
    guard !subject.isEmpty, subject.utf8.count <= 256 else {
      throw ValidationError("The subject has 1 to 256 bytes.")
    }
  }

  func run() async throws {
    try await perform { () async throws(ImportError) in
      let now = UTCTime.now.secondsSince1970
      var request = TokenRequest(
        subject: subject,
        issueTime: now,
        expiry: now + expiresIn.components.seconds
      )
      request.issuer = issuer
      request.audience = audience
      request.start = notBefore.map { now + $0.components.seconds }
      print(try await TokenIssuer.token(request, secretPath: secretFile))
      return .success
    }
  }
}
