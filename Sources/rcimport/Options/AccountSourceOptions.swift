import ArgumentParser
import ImportModel
import Pipeline
import Targets

/// An account whose extensions are read instead of the store's.
struct AccountSourceOptions: ParsableArguments {
  /// The accounts that are known.
  enum Source: String, CaseIterable, ExpressibleByArgument {
    case ringcentral
  }

  @Option(help: "Write what this account has now, instead of what the store knows.")
  var target: Source?

  @OptionGroup var signIn: SignInOptions

  /// Whether an account is asked.
  var isUsed: Bool { target != nil }

  /// The extensions of the account, by id.
  func look() throws(ImportError) -> [AccountExtension] {
    let account = RingCentralAccount(try signIn.settings(allowsPlainHTTP: false))
    return try AccountReading.extensions(of: account) { Interruption.signal != nil }
  }
}
