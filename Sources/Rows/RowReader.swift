import Bytes
import ImportModel

/// Reads the data rows of one input, in order, in batches.
///
/// Blank rows, comments and repeated headers are not data; a reader skips and counts them. A row
/// that is damaged is a row all the same. Memory is bounded by the reader's limits, not by the
/// input.
package protocol RowReader: AnyObject {
  /// The columns: in CSV the header's names, or `1`, `2`, ... without one; in XML the paths of
  /// attributes (`@id`) and elements (`contact/email`) met so far, so that it grows while reading.
  var columns: [String] { get }

  /// What was noticed about the input as a whole; complete once `read` returned `false`.
  var remarks: [Finding] { get }

  /// Says which rows need no head and no fields: `read` may give those of this kind as sound rows.
  func expect(_ sound: RecordKeyRule?)

  /// Replaces the batch's content by the next rows, at least one.
  ///
  /// - Returns: `false` at the end, with the batch empty; after that always `false`.
  /// - Throws: when the input as a whole cannot be used or read.
  func read(into batch: inout RowBatch) throws(ImportError) -> Bool

  /// Replaces the batch's content by the one row that `read` gave at a position.
  ///
  /// Does not disturb `read`. Fast when positions grow.
  /// - Throws: when the input changed since, or cannot be read again.
  func fetch(_ position: Position, into batch: inout RowBatch) throws(ImportError)

  /// Replaces the batch's content by the row that `read` gave at a position and those behind it,
  /// as many as are at hand up to `rowLimit`.
  ///
  /// Does not disturb `read`. Fast when positions grow.
  /// - Throws: when the input changed since, or cannot be read again.
  func fetch(
    _ position: Position,
    upTo rowLimit: Int,
    into batch: inout RowBatch
  ) throws(ImportError)
}

extension RowReader {
  /// Gives every row a head and fields.
  package func expect(_ sound: RecordKeyRule?) {}

  /// Fetches the one row.
  package func fetch(
    _ position: Position,
    upTo rowLimit: Int,
    into batch: inout RowBatch
  ) throws(ImportError) {
    try fetch(position, into: &batch)
  }
}
