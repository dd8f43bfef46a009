import Glibc

/// The three streams that every program is started with, or should be.
enum StandardStreams {
  /// Fills the places of streams that were closed.
  ///
  /// Else the store or an input would get a stream's number, and results would be written into it.
  /// What stands there instead fails on use: it is open in the wrong direction.
  static func open() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) == -1 {
      // The lowest free number is the one that was found closed.
      _ = Glibc.open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
