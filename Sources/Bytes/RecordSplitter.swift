import CScan

/// A record that was split from bytes.
package struct SplitRecord: BitwiseCopyable {
  fileprivate var record: scan_record

  /// Its first byte, as a place in what was split.
  package var start: Int { Int(record.start) }
  /// Bytes of the record without its line end.
  package var byteCount: Int { Int(record.byte_count) }
  /// Whether nothing else is to be said of it than how it ends.
  package var isUsual: Bool { record.traits & ~UInt32(SCAN_ENDS_WITH_BOTH) == 0 }
  /// Whether it ends with a carriage return and a line feed, and not with a line feed alone.
  package var endsWithBoth: Bool { has(SCAN_ENDS_WITH_BOTH) }
  /// Whether some field has an odd byte (`BlockMasks.odd`), an equals sign or a number sign, or begins
  /// or ends with a space.
  package var isOdd: Bool { has(SCAN_IS_ODD) }
  /// Whether some field has a space.
  package var hasSpaces: Bool { has(SCAN_HAS_SPACES) }
  /// Whether its first value begins with a byte that asks for a closer look.
  package var beginsOddly: Bool { has(SCAN_BEGINS_ODDLY) }
  /// Whether some field has letters from U+00C0 to U+017F.
  package var hasLetters: Bool { has(SCAN_HAS_LETTERS) }
  /// Whether in some field two quotes stand for one.
  package var hasDoubledQuotes: Bool { has(SCAN_HAS_DOUBLED_QUOTES) }

  private func has(_ trait: Int) -> Bool { record.traits & UInt32(trait) != 0 }
}

/// Splits CSV records of the usual kind, hundreds in one go.
///
/// Records of this kind have one width and one line each, quotes at most around whole fields, and
/// quotes inside these doubled; they begin with a byte that is allowed for. It stops at any other
/// record, and at one of more than 4 KiB, which the caller walks through; that walk also is what tests
/// hold this together with.
package struct RecordSplitter: ~Copyable {
  private let splitter: OpaquePointer
  let width: Int
  /// The records that were split last.
  private(set) var records = PackedArray<SplitRecord>(minimumCapacity: maximumRecordCount)
  /// How many of them end with a carriage return and a line feed.
  package private(set) var bothCount = 0

  /// What the first byte of a record's first value says about the record.
  package enum Beginning: UInt8 {
    /// It is of another kind.
    case other
    case usual
    /// It is to be marked (`beginsOddly`).
    case odd
  }

  /// Records that are split in one go.
  package static let maximumRecordCount = 256
  /// Fields a record may have.
  package static let maximumWidth = 256

  /// Makes a splitter for records of `width` fields, 1 to `maximumWidth`, and at most `byteLimit`
  /// bytes, by the first byte of a record's first value.
  package init(
    delimiter: UInt8,
    quote: UInt8,
    width: Int,
    byteLimit: Int,
    beginning: (UInt8) -> Beginning
  ) {
    precondition(1...Self.maximumWidth ~= width && byteLimit >= 0, "records of no usual kind")
    var beginnings = InlineArray<256, UInt8>(repeating: Beginning.other.rawValue)
    for byte in UInt8.min...UInt8.max where byte != delimiter && byte != quote {
      beginnings[Int(byte)] = beginning(byte).rawValue
    }
    let splitter = beginnings.span.withUnsafeBufferPointer { table in
      scan_splitter_new(delimiter, quote, UInt32(width), UInt64(byteLimit), table.baseAddress)
    }
    guard let splitter else { preconditionFailure("out of memory: a splitter of records") }
    self.splitter = splitter
    self.width = width
  }

  deinit { scan_splitter_free(splitter) }

  /// Forgets the bytes; those of the next call may be others.
  package mutating func begin() { scan_splitter_begin(splitter) }

  /// Splits records from `start` on, the first byte of one, and adds their fields.
  ///
  /// Between two calls of `begin` the bytes are the same, and `start` only grows.
  /// - Returns: how many records, at most `limit` (which is at most `maximumRecordCount`); 0 when the
  ///   next one is of another kind.
  package mutating func split(
    _ bytes: Span<UInt8>,
    from start: Int,
    limit: Int,
    into fields: inout PackedArray<FieldRange>
  ) -> Int {
    precondition(start >= 0 && start <= bytes.count, "records outside the bytes")
    precondition(
      MemoryLayout<FieldRange>.size == MemoryLayout<scan_field>.size
        && MemoryLayout<FieldRange>.stride == MemoryLayout<scan_field>.stride,
      "a field is two numbers"
    )
    precondition(0...Self.maximumRecordCount ~= limit, "more records than are split in one go")
    let (splitter, width) = (splitter, width)
    records.removeAll()
    var bothCount: UInt64 = 0
    records.append(upTo: limit) { records in
      let first = fields.count
      fields.append(upTo: limit * width) { fields in
        let count = bytes.withUnsafeBufferPointer { bytes in
          records.withMemoryRebound(to: scan_record.self, capacity: limit) { records in
            fields.withMemoryRebound(to: scan_field.self, capacity: limit * width) { fields in
              scan_records(
                splitter,
                bytes.baseAddress,
                UInt64(bytes.count),
                UInt64(start),
                fields,
                records,
                UInt64(limit),
                &bothCount
              )
            }
          }
        }
        return Int(count) * width
      }
      return (fields.count - first) / width
    }
    self.bothCount = Int(bothCount)
    return records.count
  }

  /// A record of those that the last call split.
  package subscript(index: Int) -> SplitRecord { records[index] }
}
