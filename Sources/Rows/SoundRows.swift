import Bytes
import ImportModel

/// Rows of a batch of which nothing is left to check, so that neither head nor fields were kept.
package struct SoundRows: ~Copyable {
  /// Rows one after the other, of one line each and with nothing between them.
  package struct Run: BitwiseCopyable, Sendable {
    /// Where the first one stands.
    package var position: Position
    /// How many they are.
    package var count: Int
    /// How many of the batch's other rows come before them.
    package var precedingCount: Int

    /// Makes a run.
    package init(position: Position, count: Int, precedingCount: Int) {
      self.position = position
      self.count = count
      self.precedingCount = precedingCount
    }
  }

  /// What the rows say.
  package var keys = PackedArray<RecordKeys>(minimumCapacity: 1 << 9)
  /// The runs that they are in, in the order of the input.
  package var runs = PackedArray<Run>(minimumCapacity: 1 << 6)

  init() {}

  /// Number of rows.
  package var count: Int { keys.count }

  mutating func removeAll() {
    keys.removeAll()
    runs.removeAll()
  }
}
