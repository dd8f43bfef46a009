/// Adds fields to a record's own text, so that they come back when it is read again.
package enum XMLRecordMarkup {
  /// The record with fields added, in place of such as it has by these names already.
  ///
  /// They become elements at the record's end; attributes when it has no elements, which says that
  /// its fields are attributes. Values are escaped; characters that XML cannot hold become U+FFFD.
  ///
  /// - Parameters:
  ///   - fields: names, which must be names in XML too, and values.
  ///   - record: a whole element that a reader has read.
  /// - Returns: the record's text with the fields in it.
  package static func adding(
    _ fields: [(name: String, value: String)],
    to record: [UInt8]
  ) -> [UInt8] {
    let names = fields.map { Array($0.name.utf8) }
    let layout = XMLRecordLayout(record, looksFor: names)
    var result: [UInt8] = []
    var index = 0
    func copy(to end: Int) {
      for range in layout.found where range.lowerBound >= index && range.upperBound <= end {
        result += record[index..<range.lowerBound]
        index = range.upperBound
      }
      result += record[index..<end]
      index = end
    }
    copy(to: layout.hasElements ? layout.endTag : layout.attributesEnd)
    result += layout.hasElements ? elements(of: fields) : attributes(of: fields)
    copy(to: record.count)
    return result
  }

  /// The end of a record that is too long to be looked at as a whole, with fields added.
  ///
  /// They become elements before its end tag, attributes when it has none, in place of such as were
  /// put there before; it stays as it is when the end does not hold all of its last tag. Fields that
  /// it has elsewhere by these names are left.
  ///
  /// - Parameters:
  ///   - fields: as for `adding(_:to:)`.
  ///   - end: the last bytes of a whole element that a reader has read.
  /// - Returns: the end with the fields in it.
  package static func adding(
    _ fields: [(name: String, value: String)],
    toEnd end: [UInt8]
  ) -> [UInt8] {
    let names = fields.map { Array($0.name.utf8) }
    if end.suffix(2) == [0x2F, 0x3E] {
      var kept = end.dropLast(2)
      while let rest = dropAttribute(of: names, from: kept) { kept = rest }
      return kept + attributes(of: fields) + end.suffix(2)
    }
    // No `<` can stand in an end tag, nor after it.
    guard let tag = end.lastIndex(of: 0x3C) else { return end }
    var kept = end[..<tag]
    while let rest = dropElement(of: names, from: kept) { kept = rest }
    return kept + elements(of: fields) + end[tag...]
  }

  /// What stands before the element of one of the names at the end, written as here; `nil` when there
  /// is none.
  private static func dropElement(of names: [[UInt8]], from text: ArraySlice<UInt8>)
    -> ArraySlice<UInt8>?
  {
    for name in names where text.ends(with: [0x3C, 0x2F] + name + [0x3E]) {
      let value = text.dropLast(name.count + 3)
      guard let start = value.lastIndex(of: 0x3C) else { continue }
      if value[start...].starts(with: [0x3C] + name + [0x3E]) { return value[..<start] }
    }
    return nil
  }

  /// The same of an attribute.
  private static func dropAttribute(of names: [[UInt8]], from text: ArraySlice<UInt8>)
    -> ArraySlice<UInt8>?
  {
    guard text.last == 0x22, let quote = text.dropLast().lastIndex(of: 0x22) else { return nil }
    let before = text[..<quote]
    for name in names where before.ends(with: [0x20] + name + [0x3D]) {
      return before.dropLast(name.count + 2)
    }
    return nil
  }

  private static func elements(of fields: [(name: String, value: String)]) -> [UInt8] {
    fields.flatMap { Array("<\($0.name)>\(escaped($0.value))</\($0.name)>".utf8) }
  }

  private static func attributes(of fields: [(name: String, value: String)]) -> [UInt8] {
    fields.flatMap { Array(" \($0.name)=\"\(escaped($0.value))\"".utf8) }
  }

  /// Text as it stands between tags and in attributes alike.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      // An attribute's white space would become spaces, a carriage return a line feed.
      case 0x09, 0x0A, 0x0D: result += "&#\(scalar.value);"
      case 0..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with bytes: [UInt8]) -> Bool { suffix(bytes.count).elementsEqual(bytes) }
}
