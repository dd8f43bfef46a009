import ArgumentParser
import Glibc
import ImportModel
import Stores

/// Goes on with a run to a target that was stopped or killed.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run to a target that was stopped.",
    discussion: """
      Examples:
        rcimport resume 12
        rcimport resume 12 --token-file new-token

      The run's own inputs are read again, in the folder and with the options it began with, and must \
      not have changed. Rows that were settled are not sent again; the reports are of the whole run. A \
      run that is done only has its reports written again.
      """
  )

  @Argument(
    help: ArgumentHelp("The number of the run; 'rcimport runs' lists them.", valueName: "run")
  )
  var number: Int64

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp("The file with the API's token, instead of the run's.", valueName: "file"),
    completion: .file()
  )
  var tokenFile: String?

  @Option(
    help: ArgumentHelp("The most requests in a time, instead of the run's.", valueName: "rate")
  )
  var rate: String?

  @Option(
    help: ArgumentHelp("How often a row is sent again, instead of the run's.", valueName: "n")
  )
  var retries: Int?

  @Option(
    help: ArgumentHelp("How long an answer may take, instead of the run's.", valueName: "time")
  )
  var timeout: String?

  @Option(
    help: ArgumentHelp("More extensions that nobody has, for exchanges.", valueName: "numbers")
  )
  var spare: [String] = []

  @Flag(name: .shortAndLong, help: "Do not ask before writing.")
  var yes = false

  func run() throws {
    try perform { () throws(ImportError) in try goOn() }
  }

  private func goOn() throws(ImportError) -> ExitCode {
    let delivery = try recorded()
    let arguments = try RecordedArguments.list(delivery.arguments) + overrides
    guard chdir(delivery.directory) == 0 else {
      throw ImportError(
        .missingInput,
        "the folder in which run \(number) began is not there any more",
        hint: "Make it again with the run's inputs in it, or begin a new run with apply",
        file: delivery.directory
      )
    }
    let apply: ApplyCommand
    do { apply = try ApplyCommand.parse(arguments) } catch {
      throw ImportError(
        .configuration,
        "the options of run \(number) cannot be used: \(ApplyCommand.message(for: error))",
        hint: "Begin a new run with apply"
      )
    }
    return try apply.session(resuming: number, arguments: arguments).run()
  }

  private func recorded() throws(ImportError) -> DeliveryRun {
    let directory = try store.openExisting()
    defer { directory.close() }
    let id = RunID(number)
    if let delivery = try directory.delivery(id) { return delivery }
    guard try directory.run(id) != nil else {
      throw ImportError(
        .runMismatch,
        "there is no run \(id) in the store",
        hint: "rcimport runs lists them; another store is named with --store",
        file: store.path
      )
    }
    throw ImportError(
      .runMismatch,
      "run \(id) wrote to the store, all or nothing: there is nothing to go on with"
    )
  }

  /// What is said here counts before what the run began with.
  private var overrides: [String] {
    var overrides = ["--store", FilePathText.resolved(store.path)]
    if let tokenFile { overrides += ["--token-file", FilePathText.resolved(tokenFile)] }
    if let rate { overrides += ["--rate", rate] }
    if let retries { overrides += ["--retries", "\(retries)"] }
    if let timeout { overrides += ["--timeout", timeout] }
    for numbers in spare { overrides += ["--spare", numbers] }
    return yes ? overrides + ["--yes"] : overrides
  }
}
