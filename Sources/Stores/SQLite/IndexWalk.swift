/// Looks up many keys in an index with one statement.
///
/// The statement gives what is at or after a key, in the order of keys. Where the next key wanted is
/// near, stepping to it is several times faster than seeking; where keys are far apart, most steps
/// would be wasted.
enum IndexWalk {
  /// Steps that cost about as much as a seek.
  private static let patience = 8

  /// Finds the values at keys; ascending keys are fastest.
  ///
  /// `bind` makes the statement begin at a key, `key` is that of its present row or `nil` for one
  /// that no key equals, `value` is what is wanted of that row.
  static func find<Key: Comparable, Value>(
    _ keys: [Key],
    in statement: RawStatement,
    bind: (RawStatement, Key) throws -> Void,
    key: (RawStatement) -> Key?,
    value: (RawStatement) -> Value
  ) throws -> [Value?] {
    var found: [Value?] = []
    found.reserveCapacity(keys.count)
    defer { statement.reset() }
    // The row at which the statement stands, and the key from which on nothing was passed over.
    var present: Key?
    var floor: Key?
    var isAtEnd = false
    for wanted in keys {
      var isReached = false
      if let floor, floor <= wanted {
        var steps = 0
        while !isAtEnd, let here = present, here < wanted, steps < patience {
          isAtEnd = try !statement.step()
          present = isAtEnd ? nil : key(statement)
          steps += 1
        }
        isReached = isAtEnd || present.map { $0 >= wanted } ?? false
      }
      if !isReached {
        statement.reset()
        try bind(statement, wanted)
        isAtEnd = try !statement.step()
        present = isAtEnd ? nil : key(statement)
      }
      floor = wanted
      found.append(!isAtEnd && present == wanted ? value(statement) : nil)
    }
    return found
  }
}
