import ArgumentParser
import Dispatch

/// The program: checks exports of users and phone extensions, and applies them.
@main
struct RCImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Program.name,
    abstract: "Check and apply exports of users and RingCentral phone extensions.",
    discussion: """
      Examples:
        rcimport validate users.csv               what would happen, what is wrong
        rcimport apply users.csv --out-dir proof  write good rows, keep the reports
        rcimport explain extension_not_digits     what a reason means, how to mend it
        rcimport serve --secret-file jwt.secret   the same rules over HTTP

      Exit codes: 0 every row ended well, 2 some rows rejected or failed, 3 stopped early, 4 a run that \
      does not fit any more, 64 usage, 65 unusable input, 66 missing input, 69 target unreachable, 73 and \
      74 output, 75 try again later, 77 not authorised, 78 configuration, 130 and 143 stopped by a signal.
      """,
    version: "\(Program.name) \(Program.version)",
    subcommands: [
      ValidateCommand.self, ApplyCommand.self, ResumeCommand.self, RunsCommand.self,
      RowsCommand.self,
      ExportCommand.self, TemplateCommand.self, ExplainCommand.self,
      ServeCommand.self, TokenCommand.self, EmulateCommand.self,
    ]
  )

  /// Parses the command line and runs the command.
  ///
  /// Commands that are not asynchronous run on the process's first thread, where a signal ends the
  /// waiting for input and for answers.
  static func main() {
    StandardStreams.open()
    Interruption.ignoreWriteSignals()
    do {
      var command = try parseAsRoot()
      guard command is any AsyncParsableCommand else { return try command.run() }
      // Commands cannot be handed over, but parsing them twice gives the same.
      Task {
        await main(nil)
        exit()
      }
      dispatchMain()
    } catch {
      exit(withError: error)
    }
  }
}

/// What the program is called.
enum Program {
  static let name = "rcimport"
  static let version = "0.1.0"
}
