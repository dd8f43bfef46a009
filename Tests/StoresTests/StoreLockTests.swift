import Glibc
import ImportModel
import Stores
import Testing

/// What other programs see of a store that this one has open: SQLite's locks on the file.
@Suite struct StoreLocks {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The locks on a file, as the kernel lists them (proc(5), /proc/locks), without their numbers.
  ///
  /// The list comes in pieces of a page. While others lock and unlock, what is next to be read moves,
  /// so that a lock may be told twice or not at all: each is taken once, and of several looks.
  private func locks(on path: String) -> Set<Substring> {
    var status = stat()
    guard stat(path, &status) == 0 else { return [] }
    var found: Set<Substring> = []
    for _ in 0..<4 {
      for line in lockList() where line.contains(":\(status.st_ino) ") && !line.contains("->") {
        found.insert(line.drop { $0 != ":" })
      }
    }
    return found
  }

  private func lockList() -> [String] {
    guard let list = fopen("/proc/locks", "r") else { return [] }
    defer { fclose(list) }
    var lines: [String] = []
    var bytes = [CChar](repeating: 0, count: 1024)
    while fgets(&bytes, Int32(bytes.count), list) != nil {
      lines.append(
        String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      )
    }
    return lines
  }

  @Test(arguments: [StoreMode.readOnly, .readWrite])
  func `a second look at an open store leaves the locks of the first`(_ mode: StoreMode) throws {
    let path = folder.file("store.sqlite")
    let store = try SQLiteStore.open(path: path, mode: .readWrite)
    _ = try store.counts()
    try #require(locks(on: path).count == 1)
    let second = try SQLiteStore.open(path: path, mode: mode)
    _ = try second.counts()
    second.close()
    #expect(locks(on: path).count == 1)
    store.close()
    #expect(locks(on: path).isEmpty)
  }

  @Test func `a file that is no store is refused by its beginning again once the store is closed`()
    throws
  {
    let path = folder.file("store.sqlite")
    try SQLiteStore.open(path: path, mode: .readWrite).close()
    try folder.write("store.sqlite", Array("userId,rcExtension\n".utf8))
    let refusal = failure { () throws(ImportError) in
      _ = try SQLiteStore.open(path: path, mode: .readWrite)
    }
    #expect(refusal?.kind == .configuration)
  }
}
