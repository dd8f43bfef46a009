import CScan

/// A record that was split from bytes.
package struct SplitRecord: BitwiseCopyable {
  fileprivate let record: scan_record

  /// Its first byte, as a place in what was split.
  package var start: Int { Int(record.start) }
  /// Bytes of the record without its line end.
  package var byteCount: Int { Int(record.byte_count) }
  /// Whether nothing else is to be said of it than how it ends.
  package var isUsual: Bool { record.traits & ~UInt32(SCAN_ENDS_WITH_BOTH) == 0 }
  /// Whether it ends with a carriage return and a line feed, and not with a line feed alone.
  package var endsWithBoth: Bool { has(SCAN_ENDS_WITH_BOTH) }
  /// Whether some field has an odd byte (`BlockMasks.odd`) but ampersands with which no HTML entity
  /// begins, an equals sign or a number sign, or begins or ends with a space.
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
  private let width: Int
  /// The records that were split last, and which of them are not sound.
  private let records: UnsafeMutablePointer<scan_record>
  private let others: UnsafeMutablePointer<UInt32>
  private var counts = scan_counts()

  /// What the first byte of a record's first value says about the record.
  package enum Beginning: UInt8 {
    /// It is of another kind.
    case other
    case usual
    /// It is to be marked (`beginsOddly`).
    case odd
  }

  /// The instructions that records are split with, the slowest first.
  package enum Kernel: UInt32, CaseIterable, Sendable {
    /// Those that every machine has.
    case plain
    case avx2
    case avx512

    /// Whether this machine has them.
    package var isAvailable: Bool { scan_has_kernel(scan_kernel(rawValue)) != 0 }

    /// The fastest that this machine has.
    package static let fastest = allCases.last(where: \.isAvailable) ?? .plain
  }

  /// Records that are split in one go.
  package static let maximumRecordCount = 256
  /// Fields a record may have.
  package static let maximumWidth = 256

  /// Makes a splitter for records of `width` fields, 1 to `maximumWidth`, and at most `byteLimit`
  /// bytes, by the first byte of a record's first value; with a kernel that is available.
  package init(
    delimiter: UInt8,
    quote: UInt8,
    width: Int,
    byteLimit: Int,
    kernel: Kernel = .fastest,
    beginning: (UInt8) -> Beginning
  ) {
    precondition(1...Self.maximumWidth ~= width && byteLimit >= 0, "records of no usual kind")
    precondition(kernel.isAvailable, "instructions that the machine has not")
    var beginnings = InlineArray<256, UInt8>(repeating: Beginning.other.rawValue)
    for byte in UInt8.min...UInt8.max where byte != delimiter && byte != quote {
      beginnings[Int(byte)] = beginning(byte).rawValue
    }
    let splitter = beginnings.span.withUnsafeBufferPointer { table in
      scan_splitter_new(
        scan_kernel(kernel.rawValue),
        delimiter,
        quote,
        UInt32(width),
        UInt64(byteLimit),
        table.baseAddress
      )
    }
    guard let splitter else { preconditionFailure("out of memory: a splitter of records") }
    self.splitter = splitter
    self.width = width
    records = .allocate(capacity: Self.maximumRecordCount)
    others = .allocate(capacity: Self.maximumRecordCount)
  }

  deinit {
    scan_splitter_free(splitter)
    records.deallocate()
    others.deallocate()
  }

  /// Forgets the bytes; those of the next call may be others.
  package mutating func begin() { scan_splitter_begin(splitter) }

  /// Splits records from `start` on, the first byte of one, and adds the keys of those that are sound by
  /// the rule, and the fields of all others.
  ///
  /// Between two calls of `begin` the bytes are the same, and `start` only grows. The rule's columns are
  /// among the records'; without one no record is sound. Runs of sound records end where others stand
  /// between them.
  /// - Returns: how many records, at most `limit` (which is at most `maximumRecordCount`); 0 when the
  ///   next one is of another kind.
  package mutating func split(
    _ bytes: Span<UInt8>,
    from start: Int,
    limit: Int,
    by rule: RecordKeyRule?,
    into fields: inout PackedArray<ByteRange>,
    _ keys: inout PackedArray<RecordKeys>
  ) -> Int {
    precondition(start >= 0 && start <= bytes.count, "records outside the bytes")
    precondition(
      MemoryLayout<ByteRange>.size == MemoryLayout<scan_field>.size
        && MemoryLayout<ByteRange>.stride == MemoryLayout<scan_field>.stride,
      "a field is two numbers"
    )
    precondition(
      MemoryLayout<RecordKeys>.size == MemoryLayout<scan_keys>.size
        && MemoryLayout<RecordKeys>.stride == MemoryLayout<scan_keys>.stride,
      "keys are an id, a distance and a number"
    )
    precondition(0...Self.maximumRecordCount ~= limit, "more records than are split in one go")
    precondition((rule?.lastColumn ?? 0) < width, "columns that are not there")
    var counts = scan_counts()
    keys.append(upTo: limit) { keys in
      fields.append(upTo: limit * width) { fields in
        keys.withMemoryRebound(to: scan_keys.self, capacity: limit) { keys in
          fields.withMemoryRebound(to: scan_field.self, capacity: limit * width) { fields in
            let target = scan_target(records: records, keys: keys, fields: fields, others: others)
            counts = split(bytes, from: start, limit: limit, by: rule, into: target)
          }
        }
        return Int(counts.record_count - counts.sound_count) * width
      }
      return Int(counts.sound_count)
    }
    self.counts = counts
    return Int(counts.record_count)
  }

  private func split(
    _ bytes: Span<UInt8>,
    from start: Int,
    limit: Int,
    by rule: RecordKeyRule?,
    into target: scan_target
  ) -> scan_counts {
    bytes.withUnsafeBufferPointer { bytes in
      func split(_ rule: UnsafePointer<scan_key_rule>?) -> scan_counts {
        scan_records(
          splitter,
          bytes.baseAddress,
          UInt64(bytes.count),
          UInt64(start),
          UInt32(limit),
          rule,
          target
        )
      }
      guard var rule = rule?.rule else { return split(nil) }
      return split(&rule)
    }
  }

  /// A record of those that the last call split.
  package subscript(index: Int) -> SplitRecord {
    precondition(index >= 0 && index < Int(counts.record_count), "a record that was not split")
    return SplitRecord(record: records[index])
  }

  /// How many of them are not sound.
  package var otherCount: Int { Int(counts.record_count - counts.sound_count) }

  /// One of these, as an index of the records.
  package func other(_ place: Int) -> Int {
    precondition(place >= 0 && place < otherCount, "a record that is sound")
    return Int(others[place])
  }

  /// How many records end with a carriage return and a line feed.
  package var bothCount: Int { Int(counts.both_count) }
}
