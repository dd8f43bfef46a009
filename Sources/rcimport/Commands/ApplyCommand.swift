import ArgumentParser
import ImportModel

/// Checks like `validate`, then writes the good rows to the store.
struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Check an import, then write its good rows to the store.",
    discussion: """
      Examples:
        rcimport apply users.csv --out-dir proof
        rcimport apply users.csv --atomic --max-change 10%
        rcimport apply --users new.csv --extensions ringcentral.csv --yes

      Everything is read and checked before the first write, and all writes are one transaction. On \
      a terminal the counts are shown first and you are asked; without one the run goes ahead.
      """
  )

  @OptionGroup var options: ImportOptions

  @Flag(name: .shortAndLong, help: "Do not ask before writing.")
  var yes = false

  func run() throws {
    try perform { () throws(ImportError) in
      try ImportSession(
        options,
        isDryRun: false,
        asksBeforeWriting: !yes && Question.canBeAsked
      ).run()
    }
  }
}
