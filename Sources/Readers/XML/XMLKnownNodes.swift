import Bytes

/// What one assembly of rows knows of the shared tree of a record's elements and attributes.
///
/// Records mostly have the same elements in the same order, and the tree has its nodes in the order
/// in which they were met first: after a node mostly comes the next one. Only what is not found
/// that way is looked for in the tree.
struct XMLKnownNodes: ~Copyable {
  /// A node of the tree; one more fact than `XMLPathTree.Node` would cost a cache line.
  struct Node: BitwiseCopyable {
    var name: XMLName
    var parent: Int32
    var column: Int32
    var isAttribute: Bool
  }

  /// The tree's nodes by their index, as far as they were needed.
  private var nodes = PackedArray<Node>(minimumCapacity: 64)
  /// The node that was entered last.
  private var last: Int32 = 0

  /// Nodes tried before a look into the tree's dictionary.
  private static let maximumAttemptCount = 8

  /// Makes knowledge of nothing.
  init() {}

  /// Begins a record.
  mutating func begin() { last = 0 }

  /// The child of a node by name, a new one if need be, and its column if that is known.
  mutating func enter(
    _ name: XMLName,
    isAttribute: Bool,
    in parent: Int32,
    of columns: XMLColumns
  ) -> (node: Int32, column: Int32) {
    var index = Int(last) + 1
    let end = min(index + Self.maximumAttemptCount, nodes.count)
    while index < end {
      let node = nodes[index]
      if node.name == name && node.parent == parent && node.isAttribute == isAttribute {
        last = Int32(truncatingIfNeeded: index)
        return (last, node.column)
      }
      index += 1
    }
    last = find(name, isAttribute: isAttribute, in: parent, of: columns)
    return (last, nodes[Int(last)].column)
  }

  /// The column of a node's text or value; negative as long as it has none.
  mutating func column(of node: Int32, in columns: XMLColumns) -> Int32 {
    let index = Int(node)
    if index < nodes.count, nodes[index].column >= 0 { return nodes[index].column }
    let column = columns.tree[node].column
    take(node, of: columns)
    nodes[index].column = column
    return column
  }

  private mutating func find(
    _ name: XMLName,
    isAttribute: Bool,
    in parent: Int32,
    of columns: XMLColumns
  ) -> Int32 {
    let node =
      columns.tree.find(name, isAttribute: isAttribute, in: parent)
      ?? columns.tree.add(name, isAttribute: isAttribute, to: parent)
    columns.tree.begin(node)
    take(node, of: columns)
    return node
  }

  /// Takes over the nodes of the tree up to one of them.
  private mutating func take(_ node: Int32, of columns: XMLColumns) {
    while nodes.count <= Int(node) {
      let next = columns.tree[Int32(truncatingIfNeeded: nodes.count)]
      nodes.append(
        Node(
          name: next.name,
          parent: next.parent,
          column: next.column,
          isAttribute: next.isAttribute
        )
      )
    }
  }
}
