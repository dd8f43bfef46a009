/// The files that make up a store.
package enum StoreFiles {
  /// The absolute paths of a store's file and of those that SQLite and a run keep beside it, whether
  /// they exist or not.
  package static func paths(of store: String) -> [String] {
    let path = StoreFile.resolve(store)
    return [path] + ["-wal", "-shm", "-journal", ".lock"].map { path + $0 }
  }

  /// The absolute path of the folder beside a store in which a server keeps reports of runs.
  package static func reportsFolder(of store: String) -> String {
    StoreFile.resolve(store) + "-reports"
  }
}
