import Bytes
import Glibc
import ImportModel
import SystemPackage

/// What is at a store's path, found without SQLite and without touching it.
struct StoreFile {
  /// The absolute path without symbolic links.
  let path: String
  /// Whether there is a file with content.
  let hasContent: Bool
  /// Whether there is a file at all.
  let exists: Bool
  /// Whether the write-ahead log beside it holds anything.
  let hasLog: Bool

  /// Looks at a path.
  ///
  /// - Parameters:
  ///   - name: the path.
  ///   - looksInside: whether the file's beginning is read, which no connection of this process may
  ///     have open then (`OpenStores`).
  /// - Throws: when something is there that cannot be a store.
  init(_ name: String, looksInside: Bool) throws(ImportError) {
    path = Self.resolve(name)
    hasLog = Self.byteCount(path + "-wal") ?? 0 > 0
    var status = stat()
    guard stat(path, &status) == 0 else {
      let error = Errno(rawValue: errno)
      exists = false
      hasContent = false
      if error == .noSuchFileOrDirectory || error == .notDirectory { return }
      throw ImportError(.configuration, "the store cannot be read: \(error)", file: name)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let what = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "not a regular file"
      throw ImportError(
        .configuration,
        "the store cannot be opened: it is \(what)",
        hint: Self.namingHint,
        file: name
      )
    }
    exists = true
    hasContent = status.st_size > 0
    if hasContent && looksInside { try checkHeader(name) }
  }

  /// Whether files can be made beside the store and the store itself written.
  var isWritable: Bool {
    access(path, W_OK) == 0 && access(FilePath(path).removingLastComponent().string, W_OK) == 0
  }

  /// The path as a URI (RFC 3986) that SQLite reads without any lock or further file.
  var immutableURI: String {
    var uri = ByteBuffer()
    uri.append("file:")
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
        uri.append(byte)
      default:
        uri.append("%")
        uri.append(hex: UInt64(byte), digitCount: 2)
      }
    }
    uri.append("?immutable=1")
    return String(utf8: uri.span)
  }

  /// The absolute path of a file that need not exist, without symbolic links where it does.
  static func resolve(_ name: String) -> String {
    if let real = realpath(name) { return real }
    let path = FilePath(name)
    guard let last = path.lastComponent else { return name }
    let folder = path.removingLastComponent().string
    guard let real = realpath(folder.isEmpty ? "." : folder) else {
      // Never a path that SQLite could take for a URI.
      return name.hasPrefix("/") ? name : "./" + name
    }
    return FilePath(real).appending(last).string
  }

  /// What to do about a file that is no store.
  static let namingHint = "name the store's file with --store"

  /// Refuses a file that is SQLite's but not ours, or not SQLite's at all, before SQLite opens it.
  ///
  /// The header (sqlite.org/fileformat2.html#the_database_header) begins with 16 constant bytes and
  /// has the application id in bytes 68 to 71. An id that is still 0 may stand in the log.
  private func checkHeader(_ name: String) throws(ImportError) {
    var header = ByteBuffer()
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
      defer { try? file.close() }
      _ = try header.read(from: file, atMost: 100)
    } catch {
      throw ImportError(.configuration, "the store cannot be read: \(error)", file: name)
    }
    let magic = Array("SQLite format 3\0".utf8)
    for (place, byte) in magic.enumerated() where header.count < 100 || header[place] != byte {
      throw ImportError(
        .configuration,
        "this is not an rcimport store: not a SQLite file",
        hint: Self.namingHint,
        file: name
      )
    }
    var application: UInt32 = 0
    for place in 68..<72 { application = application << 8 | UInt32(header[place]) }
    if application != 0 && application != UInt32(SQLiteSchema.applicationID) {
      throw SQLiteSchema.foreign(name)
    }
  }

  private static func byteCount(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func realpath(_ name: String) -> String? {
    guard let real = Glibc.realpath(name, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
