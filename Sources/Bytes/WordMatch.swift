extension Span where Element == UInt8 {
  /// Whether the bytes are this ASCII word, given in lower case; their letter case does not matter.
  package func equalsIgnoringCase(_ word: StaticString) -> Bool {
    count == word.utf8CodeUnitCount && startsIgnoringCase(word)
  }

  /// Whether the bytes begin with this ASCII word, given in lower case; their case does not matter.
  package func startsIgnoringCase(_ word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      for place in letters.indices {
        let byte = self[place]
        let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
        if lower != letters[place] { return false }
      }
      return true
    }
  }
}
