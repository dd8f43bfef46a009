import Glibc

/// Names of files as the system knows them.
package enum ResolvedPath {
  /// The absolute path without symbolic links (`realpath(3)`), or `nil` when it leads nowhere.
  package static func of(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
