import ArgumentParser
import ImportModel

/// The dry run: reads, checks, compares with the store and reports; writes nothing else.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Show what an import would do, and which rows are wrong.",
    discussion: """
      Examples:
        rcimport validate users.csv
        rcimport validate users.csv --extensions rc.xml --rejects wrong.csv
        rcimport validate users.csv --target ringcentral
        mongoexport -c users --type=csv -f _id,ext | rcimport validate -

      On a terminal it shows counts and problems; into a pipe or file it writes a line of JSON for \
      every row. The store is never made or changed; one that is not there counts as empty.
      """
  )

  @OptionGroup var options: ImportOptions

  @OptionGroup(title: "Target")
  var target: TargetOptions

  @OptionGroup(title: "RingCentral")
  var account: AccountOptions

  func run() throws {
    try perform { () throws(ImportError) in
      try ImportSession(
        options,
        isDryRun: true,
        asksBeforeWriting: false,
        delivery: try target.settings(
          account: account,
          isDryRun: true,
          resuming: nil,
          arguments: []
        ),
        takesNextNumbers: account.number == .next
      ).run()
    }
  }
}
