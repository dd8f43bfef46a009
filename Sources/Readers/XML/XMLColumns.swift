import ImportModel

/// The paths of a document's fields, in the order met, shared by reading and reading again.
final class XMLColumns {
  /// The most columns an input can have.
  static let maximumCount = 4096

  /// The paths, relative to the record.
  private(set) var paths: [String] = []
  /// The record's elements and attributes.
  var tree = XMLPathTree()

  /// The number of the record in which each column was met first.
  private(set) var firstRows: [UInt32] = []
  /// Whether each column is one that matters.
  private(set) var areWatched: [Bool] = []
  /// The paths that matter; a row's damage names one of them if it can.
  var watchedPaths: Set<String> = [] {
    didSet { areWatched = paths.map(watchedPaths.contains) }
  }

  /// Gives a node of the tree a column; `nil` when there are too many.
  func addColumn(for node: Int32, row: UInt32, textOf: (XMLName) -> String) -> Int? {
    guard paths.count < Self.maximumCount else { return nil }
    let path = tree.path(of: node, textOf: textOf)
    tree[node].column = Int32(paths.count)
    paths.append(path)
    firstRows.append(row)
    areWatched.append(watchedPaths.contains(path))
    return paths.count - 1
  }
}
