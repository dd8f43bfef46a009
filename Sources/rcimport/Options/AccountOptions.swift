import ArgumentParser
import ImportModel
import Pipeline
import Targets

/// How people are given extensions of a RingCentral account.
struct AccountOptions: ParsableArguments {
  /// The word that `--target` takes for RingCentral.
  static let targetName = "ringcentral"

  /// Who chooses the number of a row without one.
  enum NumberChoice: String, CaseIterable, ExpressibleByArgument {
    /// RingCentral, which takes its next free one.
    case next
  }

  @Option(
    help: ArgumentHelp(
      "The admin API that is told of each extension once RingCentral has it right; its token is "
        + "that of --token-file.",
      valueName: "url"
    )
  )
  var then: String?

  @Option(help: "Let RingCentral choose the number of rows that have none.")
  var number: NumberChoice?

  @Option(
    help: ArgumentHelp(
      "What an extension becomes when somebody gets it.",
      valueName: "NotActivated|Enabled"
    )
  )
  var status = RingCentralSettings.Status.notActivated

  @Flag(help: "Have RingCentral send people its welcome mail.")
  var sendWelcome = false

  @Option(
    help: ArgumentHelp("The kind of unassigned extensions that people get.", valueName: "type")
  )
  var extensionType = "User"

  @OptionGroup var signIn: SignInOptions

  func validate() throws {
    guard !extensionType.isEmpty, extensionType.allSatisfy({ $0.isASCII && $0.isLetter }) else {
      throw ValidationError("--extension-type takes a kind of extension, such as User.")
    }
  }

  /// Options that say something of an account only.
  var isUsed: Bool { then != nil || number != nil || sendWelcome || signIn.server != nil }

  /// Where the account is, who asks for it, and how people get extensions.
  ///
  /// - Parameters:
  ///   - timeout: how long an answer may take.
  ///   - allowsPlainHTTP: whether secrets may travel readable to another machine.
  /// - Returns: the settings.
  /// - Throws: when something is missing or cannot be used.
  func settings(
    timeout: Duration,
    allowsPlainHTTP: Bool
  ) throws(ImportError) -> RingCentralSettings {
    var settings = try signIn.settings(allowsPlainHTTP: allowsPlainHTTP)
    // RingCentral's own builders enable limited extensions at once.
    settings.status = AccountExtension.forbidsLastName(extensionType) ? .enabled : status
    settings.sendsWelcome = sendWelcome
    settings.timeout = timeout
    return settings
  }
}

extension RingCentralSettings.Status: ExpressibleByArgument {}
