/// The run cannot go on: the world failed, or an input as a whole cannot be used.
///
/// Bad rows are not errors; they are findings.
package struct ImportError: Error, Sendable {
  /// What failed; the program's exit code follows from it (sysexits.h).
  package enum Kind: Sendable {
    /// 1: our own failure.
    case internalFailure
    /// 65: the input cannot be used.
    case unusableInput
    /// 66: the input is missing or unreadable.
    case missingInput
    /// 73: an output cannot be made.
    case outputNotMade
    /// 74: an output cannot be written to its end.
    case outputNotWritten
    /// 74: whoever read the output went away (EPIPE); nothing else failed, so that the run can stop
    /// in order.
    case readerGone
    /// 128 and the signal's number: the run was told to stop.
    case interrupted
    /// 75: somebody else holds the store; trying again later helps.
    case tryAgainLater
    /// 4: a run that is to go on does not fit its input or target any more.
    case runMismatch
    /// 69: the target cannot be reached, or fails for every row.
    case targetUnreachable
    /// 77: the target does not accept who we say we are.
    case notAuthorized
    /// 78: the store or a setting cannot be used.
    case configuration
  }

  package let kind: Kind
  /// What was found in the input, when that is the reason.
  package let finding: Finding?
  /// What is wrong, one sentence without its full stop; empty when `finding` says it.
  package let message: String
  /// What to do about it.
  package let hint: String?
  /// The input, output or store it is about.
  package let file: String?
  /// The physical line, from 1.
  package let line: UInt32?
  /// The column on the line, from 1.
  package let column: Int?

  /// The world failed.
  package init(
    _ kind: Kind,
    _ message: String,
    hint: String? = nil,
    file: String? = nil,
    line: UInt32? = nil,
    column: Int? = nil
  ) {
    self.kind = kind
    self.finding = nil
    self.message = message
    self.hint = hint
    self.file = file
    self.line = line
    self.column = column
  }

  /// An input is refused because of what is in it.
  package init(
    refusing file: String,
    because finding: Finding,
    kind: Kind = .unusableInput,
    line: UInt32? = nil,
    column: Int? = nil
  ) {
    self.kind = kind
    self.finding = finding
    self.message = ""
    self.hint = nil
    self.file = file
    self.line = line
    self.column = column
  }
}
