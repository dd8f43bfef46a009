/// How far two names are apart.
package enum EditDistance {
  /// The least number of letters added, removed, changed or swapped with their neighbour that turns
  /// one text into the other (Damerau-Levenshtein, each place edited once).
  ///
  /// Costs the product of the lengths; for names, not for data.
  package static func between(_ first: String, _ second: String) -> Int {
    let first = Array(first.unicodeScalars)
    let second = Array(second.unicodeScalars)
    var beforePrevious: [Int] = []
    var previous = Array(0...second.count)
    for row in first.indices {
      var current = [row + 1]
      for column in second.indices {
        let change = previous[column] + (first[row] == second[column] ? 0 : 1)
        var best = min(change, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          best = min(best, beforePrevious[column - 1] + 1)
        }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[second.count]
  }

  /// Whether a name is probably a slip of the pen for a known one.
  ///
  /// Short names are too near to each other to say so: `text` is no slip for `ext`.
  package static func isNearMiss(_ name: String, of known: String) -> Bool {
    guard known.utf8.count >= 5, name != known else { return false }
    let limit = known.utf8.count >= 9 ? 2 : 1
    guard abs(name.utf8.count - known.utf8.count) <= 2 * limit else { return false }
    return between(name, known) <= limit
  }
}
