import Bytes
import Glibc
import ImportModel
import SystemPackage

/// An open file or stream, with what it was when it was opened.
final class InputFile {
  /// The name the user gave.
  let name: String
  /// Whether it can be read at any place; else it is read once, from front to back.
  let isSeekable: Bool
  /// Bytes at opening; only meaningful when seekable.
  let byteCount: UInt64
  let identity: InputIdentity

  private let descriptor: FileDescriptor
  private let closes: Bool
  private let path: FilePath?
  private let state: Stat

  /// Opens a path, or standard input for `-`.
  convenience init(path: String) throws(ImportError) {
    if path == "-" {
      try self.init(.standardInput, name: path, path: nil, closes: false)
      return
    }
    let place = Self.place(of: path)
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(place, .readOnly, options: .closeOnExec)
    } catch {
      throw Self.unreadable(path, error)
    }
    try self.init(file, name: path, path: place, closes: true)
  }

  /// Where a file is, be its name UTF-8 or not.
  private static func place(of path: String) -> FilePath {
    guard let bytes = ArgumentBytes.reading(path) else { return FilePath(path) }
    return FilePath(platformString: bytes.map { CChar(bitPattern: $0) } + [0])
  }

  /// Takes an open descriptor, and closes it at the end if told so.
  init(
    _ descriptor: FileDescriptor,
    name: String,
    path: FilePath?,
    closes: Bool
  ) throws(ImportError) {
    self.name = name
    self.descriptor = descriptor
    self.closes = closes
    self.path = path
    do {
      state = try descriptor.stat()
      if state.type == .directory { throw Errno.isDirectory }
      // A file that says it is empty may be one of /proc; part of standard input may be read already.
      let place = state.type == .regular ? try descriptor.seek(offset: 0, from: .current) : 0
      isSeekable = state.type == .regular && state.size > 0 && place == 0
    } catch {
      if closes { try? descriptor.close() }
      throw Self.unreadable(name, error)
    }
    byteCount = UInt64(max(0, state.size))
    identity = InputIdentity(state)
  }

  deinit {
    if closes { try? descriptor.close() }
  }

  /// Reads once at a place and adds the bytes to the buffer; 0 only at the end.
  ///
  /// Bytes that were added to the file after it was opened are not seen.
  func read(
    at offset: UInt64,
    into buffer: inout ByteBuffer,
    atMost count: Int
  ) throws(ImportError) -> Int {
    precondition(isSeekable, "a stream has no places")
    guard offset < byteCount else { return 0 }
    let wanted = Int(min(UInt64(count), byteCount - offset))
    let got: Int
    do {
      got = try buffer.read(from: descriptor, at: offset, atMost: wanted)
    } catch {
      throw Self.unreadable(name, error)
    }
    if got == 0 { throw changed }
    return got
  }

  /// Reads the next bytes of a stream and adds them to the buffer; 0 only at the end.
  ///
  /// - Throws: `interrupted` when a signal comes that the program listens to, however long the
  ///   stream is silent.
  func readNext(into buffer: inout ByteBuffer, atMost count: Int) throws(ImportError) -> Int {
    while true {
      try waitForInput()
      do {
        return try buffer.read(from: descriptor, atMost: count)
      } catch Errno.resourceTemporarilyUnavailable {
        // Whoever shares the stream made it non-blocking, and took what was there.
      } catch {
        throw Self.unreadable(name, error)
      }
    }
  }

  private func waitForInput() throws(ImportError) {
    var wait = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
    if poll(&wait, 1, -1) < 0 && errno == EINTR {
      throw ImportError(.interrupted, "Stopped while waiting for input", file: name)
    }
  }

  /// Makes sure that the file is what it was when it was opened.
  ///
  /// - Throws: `file_changed`; never for a stream.
  func verifyUnchanged() throws(ImportError) {
    guard isSeekable else { return }
    guard let now = try? descriptor.stat(), isSame(now) else { throw changed }
    guard let path else { return }
    guard let there = try? path.stat(), isSame(there) else { throw changed }
  }

  private func isSame(_ other: Stat) -> Bool {
    InputIdentity(other) == identity && other.size == state.size
      && other.st_mtim.tv_sec == state.st_mtim.tv_sec
      && other.st_mtim.tv_nsec == state.st_mtim.tv_nsec
  }

  private var changed: ImportError {
    ImportError(refusing: name, because: Finding(.fileChanged, .refusal))
  }

  private static func unreadable(_ name: String, _ error: any Error) -> ImportError {
    let cause = error as? Errno
    let finding =
      cause == .noSuchFileOrDirectory
      ? Finding(.fileNotFound, .refusal)
      : Finding(.fileUnreadable, .refusal, text: cause?.description ?? "\(error)")
    return ImportError(refusing: name, because: finding, kind: .missingInput)
  }
}
