/// What hashes of keys are made with.
package struct HashSeed: BitwiseCopyable, Sendable {
  /// A multiplier, which is odd.
  package let first: UInt64
  /// Another one.
  package let second: UInt64

  /// The seed of this process, which is known to nobody.
  static let ofThisRun = HashSeed(
    first: .random(in: 0 ... .max),
    second: .random(in: 0 ... .max)
  )

  /// Makes a seed of any numbers.
  package init(first: UInt64, second: UInt64) {
    self.first = first | 1
    self.second = second | 1
  }
}
