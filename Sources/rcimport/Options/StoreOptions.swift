import ArgumentParser
import Glibc
import ImportModel
import Stores

/// Which store a command works with.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store, a SQLite file (default: $RCIMPORT_STORE, else rcimport.sqlite).",
      valueName: "path"
    ),
    completion: .file()
  )
  var store: String?

  /// The store's path.
  var path: String { store ?? Terminal.environment("RCIMPORT_STORE") ?? "rcimport.sqlite" }

  func validate() throws {
    guard !path.isEmpty, !path.utf8.starts(with: "file:".utf8), path.firstRange(of: "://") == nil
    else {
      throw ValidationError("The store is named by the path of a SQLite file, not \"\(path)\".")
    }
  }

  /// Opens the store for reading.
  ///
  /// - Throws: `missingInput` when there is none: nothing could be listed.
  func openExisting() throws(ImportError) -> any DirectoryStore {
    guard access(path, F_OK) == 0 else {
      throw ImportError(
        .missingInput,
        "There is no store",
        hint: "Name it with --store; the first apply makes one",
        file: path
      )
    }
    return try StoreKind.sqlite.open(path, mode: .readOnly)
  }
}
