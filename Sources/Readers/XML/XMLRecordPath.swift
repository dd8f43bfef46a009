import Bytes

/// Which elements are records: the names from the root, or of an element at any depth.
struct XMLRecordPath {
  private let names: [XMLName]
  private let isAnywhere: Bool

  /// Reads a path whose names may have prefixes, which are ignored.
  init(_ path: [String], in parser: XMLEventParser) {
    let steps = path.first == "**" ? path.dropFirst() : path[...]
    precondition(!steps.isEmpty, "a record path without a name")
    names = steps.map { step in
      parser.name(step.split(separator: ":").last.map(String.init) ?? step)
    }
    isAnywhere = path.count == 1 || path.first == "**"
  }

  /// The name of the record's element.
  var last: XMLName? { names.last }

  /// Whether the innermost of the open elements is a record.
  func matches(_ open: borrowing PackedArray<XMLName>) -> Bool {
    let outerCount = open.count - names.count
    guard isAnywhere ? outerCount >= 0 : outerCount == 0 else { return false }
    // From the inside out, as the innermost names differ most.
    for place in names.indices.reversed() where open[outerCount + place] != names[place] {
      return false
    }
    return true
  }
}
