import ArgumentParser
import ImportModel
import Server

/// How the server checks tokens.
struct TokenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Check HS256 tokens with the secret in a file.", valueName: "file"),
    completion: .file()
  )
  var secretFile: String?

  @Option(
    help: ArgumentHelp("Check RS256 or ES256 tokens with a public key in PEM.", valueName: "file"),
    completion: .file()
  )
  var publicKey: String?

  @Option(
    help: ArgumentHelp("Check RS256 and ES256 tokens with a JSON Web Key Set.", valueName: "file"),
    completion: .file()
  )
  var jwks: String?

  @Option(help: ArgumentHelp("Only take tokens of this issuer (iss).", valueName: "text"))
  var issuer: String?

  @Option(help: ArgumentHelp("Only take tokens for this audience (aud).", valueName: "text"))
  var audience: String?

  @Option(
    help: ArgumentHelp(
      "The claim that makes an administrator (default: role=admin, or admin among roles).",
      valueName: "name=value"
    ),
    transform: { text in
      let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
        throw ValidationError("it takes a claim and its value, such as scope=admin")
      }
      return TokenRules.AdministratorClaim(name: String(sides[0]), value: String(sides[1]))
    }
  )
  var adminClaim: TokenRules.AdministratorClaim?

  @Option(
    help: ArgumentHelp("How far the signer's clock may be off (default: 30s).", valueName: "time"),
    transform: DurationText.duration
  )
  var leeway: Duration?

  func validate() throws {
    if [secretFile, publicKey, jwks].compactMap(\.self).count > 1 {
      throw ValidationError("Give one of --secret-file, --public-key and --jwks.")
    }
  }

  /// The file with the key.
  ///
  /// - Throws: `configuration` when none is named.
  func keyFile() throws(ImportError) -> TokenKeyFile {
    if let secretFile { return .secret(path: secretFile) }
    if let publicKey { return .publicKey(path: publicKey) }
    if let jwks { return .keySet(path: jwks) }
    throw ImportError(
      .configuration,
      "there is no key to check tokens with",
      hint: "Make a secret with: head -c 32 /dev/urandom | base64 > jwt.secret; then serve with "
        + "--secret-file jwt.secret; rcimport token --secret-file jwt.secret prints tokens"
    )
  }

  /// What tokens have to say.
  var rules: TokenRules {
    var rules = TokenRules()
    rules.issuer = issuer
    rules.audience = audience
    rules.administratorClaim = adminClaim
    if let leeway { rules.leeway = leeway }
    return rules
  }
}
