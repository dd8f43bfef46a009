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
    for field in fields {
      if layout.hasElements {
        result += Array("<\(field.name)>\(escaped(field.value))</\(field.name)>".utf8)
      } else {
        result += Array(" \(field.name)=\"\(escaped(field.value))\"".utf8)
      }
    }
    copy(to: record.count)
    return result
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
