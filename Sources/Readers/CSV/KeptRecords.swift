import Bytes
import ImportModel
import Rows

/// Records that will be fetched, so that they need not be read again.
///
/// A few bytes are kept for each row of the input, good or bad, which is enough for all of these
/// records in most inputs; the others are read again. Records are kept as they stand in the text, each
/// with its line end.
final class KeptRecords {
  private struct Record: BitwiseCopyable {
    /// Where it stands in the text, and where among the bytes.
    var offset: UInt64
    var start: UInt32
    var count: UInt32

    var end: UInt64 { offset + UInt64(count) }
  }

  private var bytes = ByteBuffer()
  private var records = PackedArray<Record>()
  /// The first record at or behind the place that was asked for last.
  private var place = 0

  /// Bytes that may be kept for each row up to the one at hand, and at most; and for the first rows.
  private static let byteCountPerRow = 4
  private static let maximumByteCount = 1 << 25
  private static let minimumByteCount = 1 << 18
  /// Records that are looked at one by one before a search.
  private static let nearCount = 8

  /// Keeps a row's record, if it stands in the batch as it does in the text and there is room.
  ///
  /// Rows come in order.
  func keep(_ row: Int, of batch: borrowing RowBatch, quote: UInt8) {
    let head = batch.rows[row]
    let room = max(Self.minimumByteCount, Self.byteCountPerRow * Int(head.position.row))
    // What makes a record damaged may lie behind its end, which would be missing.
    guard head.damage == nil, let range = Self.range(of: head, in: batch),
      bytes.count + range.count <= min(room, Self.maximumByteCount),
      !Self.mayBeUndoubled(head, range, of: batch, quote: quote)
    else { return }
    let start = bytes.count
    bytes.append(range, of: batch.bytes)
    records.append(
      Record(offset: head.position.offset, start: UInt32(start), count: UInt32(range.count))
    )
  }

  /// Where a record and its line end lie in a batch; `nil` where it has none, or not all is there.
  private static func range(of head: RowHead, in batch: borrowing RowBatch) -> Range<Int>? {
    guard head.position.offset >= batch.start else { return nil }
    let bytes = batch.bytes.span
    let start = Int(clamping: head.position.offset - batch.start)
    let end = start.addingReportingOverflow(Int(clamping: head.byteCount))
    guard !end.overflow, end.partialValue < bytes.count else { return nil }
    let next = end.partialValue + 1
    switch bytes[end.partialValue] {
    case 0x0A: return start..<next
    case 0x0D: return start..<(next < bytes.count && bytes[next] == 0x0A ? next + 1 : next)
    default: return nil
    }
  }

  /// Whether quotes may have been taken out of a value, which a batch does in place; in what is left
  /// there is one at least.
  private static func mayBeUndoubled(
    _ head: RowHead,
    _ range: Range<Int>,
    of batch: borrowing RowBatch,
    quote: UInt8
  ) -> Bool {
    guard batch.bytes.span(range).firstIndex(of: quote, from: 0) != nil else { return false }
    for field in Int(head.firstField)..<Int(head.firstField + head.fieldCount)
    where batch.bytes.span(batch.fields[field].range).firstIndex(of: quote, from: 0) != nil {
      return true
    }
    return false
  }

  /// Adds the record at a place in the text, and those that are kept and follow it, up to a limit.
  ///
  /// Fast when places grow by little.
  /// - Returns: whether there is one.
  func append(at offset: UInt64, upTo limit: Int, to buffer: inout ByteBuffer) -> Bool {
    seek(offset)
    guard place < records.count, records[place].offset == offset else { return false }
    var end = place + 1
    while end < records.count, end - place < limit, records[end].offset == records[end - 1].end {
      end += 1
    }
    let last = records[end - 1]
    buffer.append(Int(records[place].start)..<Int(last.start + last.count), of: bytes)
    return true
  }

  /// Goes to the first record at or behind a place in the text: mostly one of the next few.
  private func seek(_ offset: UInt64) {
    var (low, high) = (0, records.count)
    if place == 0 || records[place - 1].offset < offset {
      low = place
      for _ in 0..<Self.nearCount {
        if low == high || records[low].offset >= offset {
          place = low
          return
        }
        low += 1
      }
    } else {
      high = place
    }
    while low < high {
      let middle = (low + high) / 2
      if records[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    place = low
  }
}
