/// The elements and attributes met below a place in a document, each path once.
struct XMLPathTree {
  /// An element or attribute, linked to those beside and below it by index; -1 is none.
  struct Node: BitwiseCopyable {
    let name: XMLName
    let isAttribute: Bool
    let parent: Int32
    fileprivate(set) var firstChild: Int32 = -1
    fileprivate(set) var lastChild: Int32 = -1
    fileprivate(set) var nextSibling: Int32 = -1
    /// The child met last: in the next element of the kind, the one after it is due.
    fileprivate var hint: Int32 = -1
    /// The column of the element's own text or the attribute's value.
    var column: Int32 = -1
    /// How often it was met.
    var count = 0
  }

  private struct Key: Hashable {
    let name: XMLName
    let isAttribute: Bool
    let parent: Int32
  }

  /// The nodes, the root first.
  private(set) var nodes: [Node]
  private var children: [Key: Int32] = [:]

  /// Children tried from the one that is due on, before a look into the dictionary.
  private static let maximumAttemptCount = 8

  /// Makes a tree of a nameless root.
  init() {
    nodes = [Node(name: XMLName(address: 0), isAttribute: false, parent: -1)]
  }

  /// The node at an index.
  subscript(index: Int32) -> Node {
    get { nodes[Int(index)] }
    set { nodes[Int(index)] = newValue }
  }

  /// Begins another round over the children of a node, which mostly come in the same order again.
  mutating func begin(_ parent: Int32) { self[parent].hint = -1 }

  /// The child of a node by name.
  mutating func find(_ name: XMLName, isAttribute: Bool, in parent: Int32) -> Int32? {
    let hint = self[parent].hint
    var due = hint < 0 ? self[parent].firstChild : self[hint].nextSibling
    var attemptCount = 0
    while due >= 0 && attemptCount < Self.maximumAttemptCount {
      if self[due].name == name && self[due].isAttribute == isAttribute {
        self[parent].hint = due
        return due
      }
      due = self[due].nextSibling
      attemptCount += 1
    }
    let key = Key(name: name, isAttribute: isAttribute, parent: parent)
    guard let child = children[key] else { return nil }
    self[parent].hint = child
    return child
  }

  /// Adds a child that `find` did not find.
  mutating func add(_ name: XMLName, isAttribute: Bool, to parent: Int32) -> Int32 {
    let index = Int32(nodes.count)
    nodes.append(Node(name: name, isAttribute: isAttribute, parent: parent))
    children[Key(name: name, isAttribute: isAttribute, parent: parent)] = index
    let last = self[parent].lastChild
    if last < 0 { self[parent].firstChild = index } else { self[last].nextSibling = index }
    self[parent].lastChild = index
    self[parent].hint = index
    return index
  }

  /// The names from below `top` to a node, as in `contact/@kind`; `.` for `top` itself.
  func path(of node: Int32, below top: Int32 = 0, textOf: (XMLName) -> String) -> String {
    guard node != top else { return "." }
    var parts: [String] = []
    var index = node
    while index > 0 && index != top {
      parts.append((self[index].isAttribute ? "@" : "") + textOf(self[index].name))
      index = self[index].parent
    }
    return parts.reversed().joined(separator: "/")
  }
}
