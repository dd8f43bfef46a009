import Glibc

/// A folder that is removed with all that is in it when the value goes.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/rcimport-stores-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  struct Failure: Error { var code: Int32 }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// The names of the files in the folder, sorted.
  var names: [String] { Self.names(in: path).sorted() }

  /// Makes a file of these bytes, or puts them into one that exists.
  func write(_ name: String, _ bytes: [UInt8], at offset: Int = 0) throws {
    let file = open(self.file(name), O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { throw Failure(code: errno) }
    defer { close(file) }
    guard pwrite(file, bytes, bytes.count, offset) == bytes.count else {
      throw Failure(code: errno)
    }
  }

  /// The bytes of a file.
  func read(_ name: String) -> [UInt8] {
    let file = open(self.file(name), O_RDONLY)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 16 << 20)
    let count = Glibc.read(file, &bytes, bytes.count)
    return Array(bytes.prefix(max(count, 0)))
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func remove(_ path: String) {
    chmod(path, 0o700)
    for name in names(in: path) where unlink(path + "/" + name) != 0 {
      remove(path + "/" + name)
    }
    rmdir(path)
  }
}
