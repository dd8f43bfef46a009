package import ImportModel

/// The texts of a row's fields, of which there are few.
package struct FieldTexts: Sendable {
  private struct Entry {
    var field: Field
    var text: String
  }

  // Rows rarely have more than two fields to speak of, and these need no memory of their own.
  private var first: Entry?
  private var second: Entry?
  private var others: [Entry] = []

  /// Makes no texts.
  package init() {}

  /// The text of a field, or `nil`.
  package subscript(field: Field) -> String? {
    if let first, first.field.rawValue == field.rawValue { return first.text }
    if let second, second.field.rawValue == field.rawValue { return second.text }
    for entry in others where entry.field.rawValue == field.rawValue { return entry.text }
    return nil
  }

  /// Notes the text of a field that has none yet.
  package mutating func add(_ text: String, of field: Field) {
    let entry = Entry(field: field, text: text)
    if first == nil {
      first = entry
    } else if second == nil {
      second = entry
    } else {
      others.append(entry)
    }
  }
}

extension FieldTexts: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (Field, String)...) {
    for (field, text) in elements { add(text, of: field) }
  }
}
