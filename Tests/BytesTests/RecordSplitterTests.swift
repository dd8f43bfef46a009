import Bytes
import Testing

/// Whatever instructions records are split with, they are the same.
struct RecordSplitterTests {
  struct Split: Equatable {
    var places: [Int] = []
    var traits: [[Bool]] = []
    var others: [Int] = []
    var fields: [Range<Int>] = []
    var keys: [[UInt64]] = []
  }

  static let kernels = RecordSplitter.Kernel.allCases.filter {
    $0.isAvailable && $0 != .fastest
  }

  @Test(arguments: kernels)
  func `mixed bytes`(kernel: RecordSplitter.Kernel) {
    var state: UInt64 = 5
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let pieces = [
      ",", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "&", "&amp;", "=", "#", "é", "Ã",
      "\u{0}", "a", "ab, cd", "64b7f1a2e4b0a5d3f9c12345", "1234", "\u{7F}",
    ].map { Array($0.utf8) }
    let row = Array("64b7f1a2e4b0a5d3f9c12345,1234,Ada Łovelace,\"R&D, \"\"x\"\"\"\n".utf8)
    var splitCount = 0
    for round in 0..<300 {
      var bytes: [UInt8] = []
      let size = random(round % 40 == 0 ? 9000 : 600)
      let strangeness = [2, 12, 60][round % 3]
      while bytes.count < size {
        let isStrange = random(strangeness) == 0
        bytes += isStrange ? pieces[random(pieces.count)] : row
        if isStrange && random(2) == 0 { bytes[random(bytes.count)] = UInt8(random(256)) }
      }
      let start = random(3) == 0 ? random(bytes.count + 1) : 0
      let limit = random(8) == 0 ? random(16) : RecordSplitter.maximumRecordCount
      let expected = split(bytes, from: start, limit: limit, with: .fastest)
      #expect(split(bytes, from: start, limit: limit, with: kernel) == expected)
      splitCount += expected.places.count
    }
    #expect(splitCount > 500)
  }

  @Test(arguments: kernels)
  func `each byte at each place of a block`(kernel: RecordSplitter.Kernel) {
    let row = Array("64b7f1a2e4b0a5d3f9c12345,1234,Ada Love,x234567890123456789\n".utf8)
    for place in row.indices {
      for byte in stride(from: UInt8(place % 8), through: 0xF8, by: 8) {
        var bytes = row + row
        bytes[place] = byte
        let expected = split(bytes, from: 0, limit: 9, with: .fastest)
        #expect(split(bytes, from: 0, limit: 9, with: kernel) == expected)
      }
    }
  }

  /// Splits records of four columns as far as it gets.
  private func split(
    _ bytes: [UInt8],
    from start: Int,
    limit: Int,
    with kernel: RecordSplitter.Kernel
  ) -> Split {
    var splitter = RecordSplitter(
      delimiter: 0x2C,
      quote: 0x22,
      width: 4,
      byteLimit: 500,
      kernel: kernel
    ) { byte in
      byte == 0x0A || byte == 0x0D ? .other : byte == 0x23 ? .odd : .usual
    }
    let rule = RecordKeyRule(
      idColumn: 0,
      numberColumn: 1,
      spacelessColumn: 3,
      seconds: 0x459A_0000...0x7FFF_FFFF
    )
    var (result, place) = (Split(), start)
    while true {
      var fields = PackedArray<ByteRange>()
      var keys = PackedArray<RecordKeys>()
      let count = splitter.split(
        bytes.span,
        from: place,
        limit: limit,
        by: rule,
        into: &fields,
        &keys
      )
      guard count > 0 else { return result }
      for index in 0..<count {
        let record = splitter[index]
        result.places.append(record.start)
        result.traits.append([
          record.isOdd, record.hasSpaces, record.hasLetters, record.beginsOddly,
          record.endsWithBoth, record.hasDoubledQuotes,
        ])
        place = record.start + record.byteCount + (record.endsWithBoth ? 2 : 1)
      }
      result.others += (0..<splitter.otherCount).map { splitter.other($0) }
      for index in fields.span.indices { result.fields.append(fields[index].range) }
      for index in keys.span.indices {
        let key = keys[index]
        result.keys.append([
          key.high, UInt64(key.low), UInt64(key.distance), key.value, UInt64(key.digitCount),
        ])
      }
    }
  }
}
