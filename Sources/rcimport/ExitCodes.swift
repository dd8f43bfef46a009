import ArgumentParser
import Glibc
import ImportModel
import Reports

/// The exit codes of the program; those from 64 on are the ones of sysexits.h.
extension ExitCode {
  /// Some rows were rejected or failed; all others ended well.
  static let someRowsRejected = ExitCode(2)
  /// The run stopped before it wrote anything.
  static let stoppedEarly = ExitCode(3)

  /// The exit code of a run that came to an end.
  static func of(_ summary: Summary) -> ExitCode {
    if summary.stopReason != nil { return summary.stopKind.map(of) ?? .stoppedEarly }
    let bad = summary.tally.count(.rejected) + summary.tally.count(.failed)
    return bad > 0 ? .someRowsRejected : .success
  }

  /// The exit code of a run that could not go on.
  static func of(_ error: ImportError) -> ExitCode { of(error.kind) }

  private static func of(_ kind: ImportError.Kind) -> ExitCode {
    switch kind {
    case .internalFailure: ExitCode(1)
    case .unusableInput: ExitCode(EX_DATAERR)
    case .missingInput: ExitCode(EX_NOINPUT)
    case .outputNotMade: ExitCode(EX_CANTCREAT)
    case .outputNotWritten: ExitCode(EX_IOERR)
    // As a shell reports a program that SIGPIPE ended.
    case .readerGone: ExitCode(128 + SIGPIPE)
    case .interrupted: .stopped(by: Interruption.signal ?? SIGINT)
    case .tryAgainLater: ExitCode(EX_TEMPFAIL)
    case .runMismatch: ExitCode(4)
    case .targetUnreachable: ExitCode(EX_UNAVAILABLE)
    case .notAuthorized: ExitCode(EX_NOPERM)
    case .configuration: ExitCode(EX_CONFIG)
    }
  }

  /// The exit code of a run that a signal stopped, as a shell reports it.
  static func stopped(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }
}

/// Runs what a command does; prints the failure if there is one, and exits with its code.
///
/// - Parameter work: returns the exit code.
/// - Throws: the exit code, for the parser to exit with, unless it is 0.
func perform(_ work: () throws(ImportError) -> ExitCode) throws(ExitCode) {
  let code: ExitCode
  do throws(ImportError) { code = try work() } catch { code = report(error) }
  if !code.isSuccess { throw code }
}

/// Runs what a command does likewise, while other tasks go on.
func perform(_ work: () async throws(ImportError) -> ExitCode) async throws(ExitCode) {
  let code: ExitCode
  do throws(ImportError) { code = try await work() } catch { code = report(error) }
  if !code.isSuccess { throw code }
}

/// Prints a failure and gives the exit code for it.
private func report(_ error: ImportError) -> ExitCode {
  // Whoever went away does not want to read about it.
  if error.kind != .readerGone { StandardError.write(ErrorText.lines(of: error)) }
  return .of(error)
}

/// Runs a command that only lists something: its reader may leave when it has seen enough.
func performListing(_ work: () throws(ImportError) -> Void) throws(ExitCode) {
  try perform { () throws(ImportError) in
    do throws(ImportError) {
      try work()
    } catch {
      guard error.kind == .readerGone else { throw error }
    }
    return .success
  }
}
