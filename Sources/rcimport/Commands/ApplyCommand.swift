import ArgumentParser
import ImportModel

/// Checks like `validate`, then writes the good rows to the store or sends them to a target.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Check an import, then write its good rows.",
    discussion: """
      Examples:
        rcimport apply users.csv --out-dir proof
        rcimport apply users.csv --atomic --max-change 10%
        rcimport apply --users new.csv --extensions ringcentral.csv --yes
        rcimport apply users.csv --target https://api.example.com --token-file token
        rcimport apply users.csv --target ringcentral --jwt-file jwt

      Everything is read and checked before the first write, and all writes to the store are one \
      transaction. A target takes one row at a time, and each is journalled in the store: whatever \
      stops the run, the same command or 'rcimport resume' goes on with it. On a terminal the counts \
      are shown first and you are asked; without one the run goes ahead.
      """
  )

  @OptionGroup var options: ImportOptions

  @OptionGroup(title: "Target")
  var target: TargetOptions

  @OptionGroup(title: "RingCentral")
  var account: AccountOptions

  @Flag(name: .shortAndLong, help: "Do not ask before writing.")
  var yes = false

  func run() throws {
    // Behind the name of the command: what goes before it is not ours.
    let arguments = CommandLine.arguments.drop { $0 != Self.configuration.commandName }.dropFirst()
    try perform { () throws(ImportError) in
      try session(resuming: nil, arguments: Array(arguments)).run()
    }
  }

  /// The session of this command.
  ///
  /// - Parameters:
  ///   - resuming: the run that goes on, if one was named.
  ///   - arguments: what was parsed, for going on later.
  /// - Returns: the session, ready to run.
  /// - Throws: when the target cannot be used as it is described.
  func session(resuming: Int64?, arguments: [String]) throws(ImportError) -> ImportSession {
    ImportSession(
      options,
      isDryRun: false,
      asksBeforeWriting: !yes && Question.canBeAsked,
      delivery: try target.settings(
        account: account,
        isDryRun: false,
        resuming: resuming,
        arguments: arguments
      ),
      takesNextNumbers: account.number == .next
    )
  }
}
