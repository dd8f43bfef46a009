package import Bytes
import Glibc
package import ImportModel
package import SystemPackage

/// A file that appears under its name only when it is complete, or a stream that is written at once.
///
/// The file is built beside its target, under a name that begins with a dot; `finish` makes it
/// durable and renames it, so that a reader finds the old content or the new one, never a part.
/// A symbolic link stays, and the file that it leads to is replaced. Devices and pipes are streams.
/// The process must ignore `SIGPIPE`, else a reader that goes away ends it before EPIPE is seen.
package final class OutputFile {
  /// The name the user gave, `-` for standard output.
  package let name: String
  /// The file that will be replaced, absolute and without links; `nil` for a stream.
  ///
  /// Two outputs with the same path would replace each other.
  package let path: String?

  /// `nil` when a sink takes the output.
  private let descriptor: FileDescriptor?
  private let sink: (any OutputSink)?
  private let temporary: String?
  private let closesDescriptor: Bool
  private var isOpen = true
  /// Writes large pieces while the next ones are made; without one they are written at once.
  package var companion: (any Companion)?
  /// The piece that the companion writes.
  private let behind = PieceBehind()

  /// Opens an output by its name: `-` is standard output, anything else a path.
  ///
  /// - Parameters:
  ///   - name: as the user gave it.
  ///   - inputs: files that must not be replaced.
  /// - Returns: the output, empty.
  /// - Throws: `outputNotMade`, before anything was written.
  package static func open(
    _ name: String,
    keeping inputs: Set<FileIdentity> = []
  ) throws(ImportError) -> OutputFile {
    if name == "-" || name == "/dev/stdout" { return try standardOutput(keeping: inputs) }
    return try OutputFile(at: OutputTarget(name, keeping: inputs))
  }

  /// Makes an output that streams to standard output.
  ///
  /// - Throws: `outputNotMade` when it was redirected to one of the inputs.
  package static func standardOutput(
    keeping inputs: Set<FileIdentity> = []
  ) throws(ImportError) -> OutputFile {
    try OutputFile(streamingTo: .standardOutput, name: "-", keeping: inputs)
  }

  /// Makes an output that writes at once to an open file, and leaves it open.
  ///
  /// - Throws: `outputNotMade` when that is one of the inputs.
  package init(
    streamingTo descriptor: FileDescriptor,
    name: String,
    keeping inputs: Set<FileIdentity> = []
  ) throws(ImportError) {
    try OutputTarget.check(descriptor, name, keeping: inputs)
    self.name = name
    self.descriptor = descriptor
    sink = nil
    path = nil
    temporary = nil
    closesDescriptor = false
  }

  /// Makes an output that hands everything to a sink at once.
  package init(to sink: any OutputSink) {
    name = "-"
    descriptor = nil
    self.sink = sink
    path = nil
    temporary = nil
    closesDescriptor = false
  }

  private init(at target: OutputTarget) throws(ImportError) {
    name = target.name
    sink = nil
    closesDescriptor = true
    switch target.place {
    case .stream:
      path = nil
      temporary = nil
      descriptor = try target.openStream()
    case .file(let file):
      path = file
      let made = try target.makeTemporary(beside: file)
      temporary = made.path
      descriptor = made.descriptor
    }
  }

  deinit { abandon() }

  /// Writes all bytes and removes them from the buffer.
  ///
  /// With a companion, what goes wrong may be thrown by the next call or by `finish`.
  /// - Throws: `readerGone` when the reader of a stream went away, else `outputNotWritten`.
  package func write(_ buffer: inout ByteBuffer) throws(ImportError) {
    precondition(isOpen, "writing to an output that is finished or given up")
    guard let descriptor else {
      try sink?.write(&buffer)
      return
    }
    try settle()
    guard let companion, buffer.count >= Self.minimumCountBehind else {
      do {
        try buffer.writeAll(to: descriptor)
      } catch {
        throw writingFailed(error)
      }
      return
    }
    behind.exchange(with: &buffer)
    companion.begin { [behind] in behind.write(to: descriptor) }
  }

  /// Smaller pieces are not worth another thread.
  private static let minimumCountBehind = 1 << 16

  /// Waits for the piece that is being written.
  private func settle() throws(ImportError) {
    guard let companion else { return }
    companion.wait()
    if let error = behind.takeError() { throw writingFailed(error) }
  }

  private func writingFailed(_ error: any Error) -> ImportError {
    if temporary == nil, let errno = error as? Errno, errno == .brokenPipe {
      return ImportError(.readerGone, "Whoever read the output went away", file: name)
    }
    return failure("The output cannot be written", error)
  }

  /// Makes the file durable and gives it its name; a stream only ends.
  ///
  /// - Throws: `outputNotWritten`; a file is then given up.
  package func finish() throws(ImportError) {
    guard isOpen else { return }
    try settle()
    guard let descriptor, let temporary, let path else {
      close()
      try sink?.finish()
      return
    }
    // A failed fsync is final: the kernel may have dropped the pages, so a second one proves nothing.
    guard fsync(descriptor.rawValue) == 0 else {
      let error = Errno(rawValue: errno)
      abandon()
      throw failure("The output cannot be made durable", error)
    }
    guard rename(temporary, path) == 0 else {
      let error = Errno(rawValue: errno)
      abandon()
      throw failure("The complete output cannot be given its name", error)
    }
    close()
    try syncDirectory(of: path)
  }

  /// Gives the output up: the temporary file goes, the target stays as it was.
  package func abandon() {
    guard isOpen else { return }
    companion?.wait()
    if let temporary { unlink(temporary) }
    close()
    sink?.abandon()
  }

  private func close() {
    isOpen = false
    // Everything is written and synced, or not wanted; the descriptor is gone whatever close says.
    if closesDescriptor { _ = try? descriptor?.close() }
  }

  /// The new name is durable only when its directory is; some file systems cannot sync one.
  private func syncDirectory(of path: String) throws(ImportError) {
    let directory = FilePath(path).removingLastComponent()
    do {
      let opened = try FileDescriptor.open(directory, .readOnly, options: [.closeOnExec])
      defer { _ = try? opened.close() }
      if fsync(opened.rawValue) != 0 && errno != EINVAL && errno != ENOTSUP {
        throw Errno(rawValue: errno)
      }
    } catch Errno.permissionDenied {
      // A directory that may be written but not read: the file is there, only not synced.
      return
    } catch {
      throw failure("The folder of the output cannot be made durable", error)
    }
  }

  private func failure(_ sentence: String, _ error: any Error) -> ImportError {
    let errno = error as? Errno
    return ImportError(
      .outputNotWritten,
      "\(sentence): \(errno?.description ?? "\(error)")",
      hint: errno == .noSpace || errno == .diskQuotaExceeded
        ? "Make room on the disk, or choose another place" : nil,
      file: name
    )
  }
}
