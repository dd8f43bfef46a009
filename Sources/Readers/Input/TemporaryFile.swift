import Glibc
package import ImportModel
package import SystemPackage

/// Files without a name, which go away with the process.
package enum TemporaryFile {
  /// Where they are made: `$TMPDIR`, or `/tmp`.
  package static var directory: String {
    let wanted = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return wanted.isEmpty ? "/tmp" : wanted
  }

  /// Makes an empty file for reading and writing; whoever asks closes it.
  ///
  /// - Throws: `outputNotWritten` when there cannot be one.
  package static func open() throws(ImportError) -> FileDescriptor {
    let directory = directory
    var template = Array("\(directory)/rcimport.XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw failure(directory, Errno(rawValue: errno)) }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return FileDescriptor(rawValue: file)
  }

  /// What is wrong when an input cannot be kept.
  static func failure(_ directory: String, _ error: any Error) -> ImportError {
    ImportError(
      .outputNotWritten,
      "The input cannot be kept in a temporary file: \(error)",
      hint: "Set TMPDIR to a directory with more room than the input needs",
      file: directory
    )
  }
}
