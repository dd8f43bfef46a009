import Glibc
import Synchronization

/// The store files that this process has open.
///
/// Whoever closes any descriptor of a file gives up all locks that the process has on it (fcntl(2)).
/// SQLite's locks are such locks: without them another program may take itself for the last one that
/// uses the store, and remove its log under us (sqlite.org/howtocorrupt.html, section 2.2). So a
/// file may be looked at without SQLite only while no connection of this process has it open.
enum OpenStores {
  /// Which file it is, whatever its name.
  struct Identity: Hashable, Sendable {
    private let device: dev_t
    private let inode: ino_t

    /// The file at a path; `nil` when there is none.
    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = status.st_dev
      inode = status.st_ino
    }
  }

  private static let counts = Mutex<[Identity: Int]>([:])

  /// Looks at a store and opens it, one at a time in the process.
  ///
  /// - Parameters:
  ///   - path: the store's file.
  ///   - body: opens it; is told whether it is open already.
  /// - Returns: what the body returns, and the file for `close`.
  /// - Throws: what the body throws.
  static func open<Value: Sendable>(
    _ path: String,
    _ body: (_ isOpen: Bool) throws -> sending Value
  ) throws -> (Value, Identity?) {
    try counts.withLock { counts in
      let isOpen = Identity(path).map { counts[$0] != nil } ?? false
      let value = try body(isOpen)
      // The body may have made the file.
      let identity = Identity(path)
      if let identity { counts[identity, default: 0] += 1 }
      return (value, identity)
    }
  }

  /// Notes that a connection was closed.
  static func close(_ identity: Identity) {
    counts.withLock { counts in
      let count = counts[identity, default: 1] - 1
      counts[identity] = count > 0 ? count : nil
    }
  }
}
