package import ImportModel

/// The rules of quoting once more, as plainly as they can be written: the whole input at hand, one
/// record at a time, no limits, any width.
package struct CSVModel {
  /// One record, blank or not.
  package struct Record: Equatable {
    package var offset: Int
    package var byteCount: Int
    package var lineCount: Int
    package var fields: [[UInt8]]
    package var damage: ReasonCode?
    /// The first byte behind the line end.
    package var next: Int
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let quote: UInt8

  /// Takes an input whole.
  package init(_ bytes: [UInt8], delimiter: UInt8 = 0x2C, quote: UInt8 = 0x22) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.quote = quote
  }

  /// All records, blank ones too.
  package var records: [Record] {
    var records: [Record] = []
    var offset = 0
    while offset < bytes.count {
      let record = whole(at: offset) ?? firstLine(at: offset)
      records.append(record)
      offset = record.next
    }
    return records
  }

  /// The longest record from a place, or `nil` when a quote in it is not closed as it should be.
  private func whole(at offset: Int) -> Record? {
    var fields: [[UInt8]] = []
    var damage: ReasonCode?
    var place = offset
    while true {
      guard let (value, end, trouble) = field(at: place, mayCross: damage == nil) else {
        return nil
      }
      fields.append(value)
      damage = damage ?? trouble
      place = end
      if trouble == .textAfterQuote {
        let stop = lineEnd(from: place)
        while place < stop {
          let end = bytes[(place + 1)..<stop].firstIndex(of: delimiter) ?? stop
          fields.append(Array(bytes[(place + 1)..<end]))
          place = end
        }
      }
      if place < bytes.count && bytes[place] == delimiter {
        place += 1
        continue
      }
      return record(from: offset, to: place, fields, damage)
    }
  }

  /// A field's value, the place behind it, and what is wrong; `nil` for an unclosed quote.
  private func field(at start: Int, mayCross: Bool) -> ([UInt8], Int, ReasonCode?)? {
    guard start < bytes.count, bytes[start] == quote else {
      var end = start
      while end < bytes.count, !isFieldEnd(bytes[end]) { end += 1 }
      let value = Array(bytes[start..<end])
      return (value, end, value.contains(quote) ? .strayQuote : nil)
    }
    var value: [UInt8] = []
    var place = start + 1
    var crosses = false
    while place < bytes.count {
      if bytes[place] != quote {
        if isLineEnd(bytes[place]) { crosses = true }
        if crosses && !mayCross { return nil }
        value.append(bytes[place])
        place += 1
      } else if place + 1 < bytes.count && bytes[place + 1] == quote {
        value.append(quote)
        place += 2
      } else {
        place += 1
        if place == bytes.count || isFieldEnd(bytes[place]) { return (value, place, nil) }
        if crosses { return nil }
        while place < bytes.count, !isFieldEnd(bytes[place]) { place += 1 }
        return (Array(bytes[start..<place]), place, .textAfterQuote)
      }
    }
    return nil
  }

  /// The physical line at a place as a damaged record.
  private func firstLine(at offset: Int) -> Record {
    let stop = lineEnd(from: offset)
    let line = CSVModel(Array(bytes[offset..<stop]), delimiter: delimiter, quote: quote)
    var fields: [[UInt8]] = []
    var place = 0
    while let (value, end, _) = line.field(at: place, mayCross: true) {
      fields.append(value)
      place = end + 1
      if end == line.bytes.count { break }
    }
    if place <= line.bytes.count { fields.append(Array(line.bytes[place...])) }
    return record(from: offset, to: stop, fields, .unterminatedQuote)
  }

  private func record(
    from offset: Int,
    to end: Int,
    _ fields: [[UInt8]],
    _ damage: ReasonCode?
  ) -> Record {
    var next = min(end + 1, bytes.count)
    if end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A { next += 1 }
    var lineCount = 1
    for place in offset..<end {
      let isSecond = bytes[place] == 0x0A && place > offset && bytes[place - 1] == 0x0D
      if isLineEnd(bytes[place]) && !isSecond { lineCount += 1 }
    }
    return Record(
      offset: offset,
      byteCount: end - offset,
      lineCount: lineCount,
      fields: fields,
      damage: damage,
      next: next
    )
  }

  private func lineEnd(from place: Int) -> Int {
    bytes[place...].firstIndex(where: isLineEnd) ?? bytes.count
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func isFieldEnd(_ byte: UInt8) -> Bool { byte == delimiter || isLineEnd(byte) }
}
