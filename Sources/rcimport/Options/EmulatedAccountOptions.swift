import ArgumentParser
import Emulator
import ImportModel
import Rows

/// The account of a stand-in, and its rules.
struct EmulatedAccountOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The extensions at the beginning, an export in CSV or XML; rows without a number are "
        + "unassigned.",
      valueName: "file"
    ),
    completion: .file()
  )
  var extensions: String?

  @Option(help: ArgumentHelp("So many unassigned extensions of type User more.", valueName: "n"))
  var unassigned = 0

  @Option(help: ArgumentHelp("So many unassigned extensions of type Limited more.", valueName: "n"))
  var limited = 0

  @Option(help: ArgumentHelp("What invented ids and random faults follow from.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The most digits of an extension, 3 to 8.", valueName: "n"))
  var maxNumberLength = 8

  @Flag(help: "People sign in elsewhere: passwords cannot be written.")
  var sso = false

  @Flag(help: "An e-mail address may stand on several extensions.")
  var duplicateEmails = false

  @Option(
    help: ArgumentHelp("The status for a number that somebody has.", valueName: "400|409"),
    transform: { text in
      guard let status = Int(text), [400, 409].contains(status) else {
        throw ValidationError("it takes 400 or 409")
      }
      return status
    }
  )
  var takenNumber = 400

  @Flag(help: "The bulk update gives unassigned extensions away, too (not documented).")
  var bulkProvisions = false

  func validate() throws {
    guard 0...1_000_000 ~= unassigned, 0...1_000_000 ~= limited else {
      throw ValidationError("--unassigned and --limited take numbers up to 1000000.")
    }
    guard 3...8 ~= maxNumberLength else {
      throw ValidationError("--max-number-length takes a number from 3 to 8.")
    }
    guard extensions != nil || unassigned + limited > 0 else {
      throw ValidationError("The account is empty. Give --extensions, --unassigned or --limited.")
    }
  }

  /// What the account allows.
  var rules: AccountRules {
    var rules = AccountRules()
    rules.maximumNumberLength = maxNumberLength
    rules.usesSingleSignOn = sso
    rules.wantsUniqueEmails = !duplicateEmails
    rules.takenNumberStatus = takenNumber
    rules.bulkProvisions = bulkProvisions
    return rules
  }

  /// The account at the beginning.
  func account() throws(ImportError) -> Account {
    var filling = AccountSeed(Account(seed: seed))
    if let extensions { try filling.add(path: extensions, options: ReadingOptions()) }
    var account = filling.account
    account.addUnassigned(unassigned, type: .user)
    account.addUnassigned(limited, type: .limited)
    return account
  }
}
