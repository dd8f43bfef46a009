package import ImportModel

/// What is wrong with the text of an option: a sentence without its full stop.
package struct OptionError: Error, CustomStringConvertible {
  package let description: String

  /// Makes it.
  package init(_ description: String) { self.description = description }
}

/// A field and the column that holds it, as `--map` has them.
package struct ColumnAssignment: Equatable {
  package var field: Field
  package var column: String

  /// Reads `userId=A,rcExtension=B`.
  ///
  /// A comma that no field follows belongs to the name of the column.
  package static func list(_ text: String) throws(OptionError) -> [ColumnAssignment] {
    var assignments: [ColumnAssignment] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if sides.count == 2, let field = field(named: sides[0]) {
        assignments.append(ColumnAssignment(field: field, column: String(sides[1])))
      } else if !assignments.isEmpty && sides.count == 1 {
        assignments[assignments.count - 1].column += ",\(part)"
      } else {
        let names = Field.allCases.map(\.name).joined(separator: ", ")
        throw OptionError(
          sides.count == 2
            ? "there is no field \"\(sides[0])\". Fields are \(names)"
            : "it takes field=column, such as userId=ID,rcExtension=Extension. Fields are \(names)"
        )
      }
    }
    for assignment in assignments where assignment.column.allSatisfy(\.isWhitespace) {
      throw OptionError("the column of \(assignment.field.name) has no name")
    }
    return assignments
  }

  private static func field(named name: Substring) -> Field? {
    let name = name.filter { $0 != " " }.lowercased()
    return Field.allCases.first { $0.name.lowercased() == name }
  }
}

/// The character between CSV fields, as `--delimiter` has it.
package enum DelimiterText {
  /// Reads a character or the name of one.
  package static func byte(_ text: String) throws(OptionError) -> UInt8 {
    switch text.lowercased() {
    case "tab", "\\t": return 0x09
    case "comma": return UInt8(ascii: ",")
    case "semicolon": return UInt8(ascii: ";")
    case "pipe": return UInt8(ascii: "|")
    default: break
    }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x7F,
      byte == 0x09 || byte >= 0x20, byte != UInt8(ascii: "\"")
    else {
      throw OptionError(
        "it takes one ASCII character other than a quote or line end, or one of comma, semicolon, "
          + "tab, pipe"
      )
    }
    return byte
  }
}

/// The path of a record's element, as `--record-path` has it.
package enum RecordPathText {
  /// Reads names between slashes; one at the beginning stands for the document.
  package static func names(_ text: String) throws(OptionError) -> [String] {
    let path = text.hasPrefix("/") ? text.dropFirst() : text[...]
    let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) }),
      names.last != "**"
    else {
      throw OptionError("it takes names of elements from the root on, such as users/user")
    }
    return names
  }
}

/// A number of bytes, as size options have it.
package enum ByteSizeText {
  /// What the readers can take: places in a batch are 32-bit numbers.
  private static let maximum = 1 << 30

  /// Reads digits and a unit: none, `K`, `M`, `G`, also as `KB` and `KiB`; all are powers of 1024.
  package static func byteCount(_ text: String) throws(OptionError) -> Int {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0, let shift = shift(of: text.dropFirst(digits.count)),
      number <= maximum >> shift
    else {
      throw OptionError("it takes a size from 1 byte to 1G, such as 65536, 64K, 1MiB or 4M")
    }
    return number << shift
  }

  private static func shift(of unit: Substring) -> Int? {
    switch unit.lowercased() {
    case "", "b": 0
    case "k", "kb", "kib": 10
    case "m", "mb", "mib": 20
    case "g", "gb", "gib": 30
    default: nil
    }
  }
}

/// Extension numbers, as `--reserved` and `--range` have them.
package enum NumberText {
  /// Reads `911,112`.
  package static func list(_ text: String) throws(OptionError) -> [ExtensionNumber] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map {
      (part) throws(OptionError) in
      guard let number = ExtensionNumber(trimmed(part)) else {
        throw OptionError(
          "\"\(part)\" is not an extension. It takes 2 to 10 digits each, such as 911,112"
        )
      }
      return number
    }
  }

  /// Reads `1000-4999`.
  package static func range(_ text: String) throws(OptionError) -> ClosedRange<ExtensionNumber> {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
      ExtensionNumber(trimmed($0))
    }
    guard ends.count == 2, let first = ends[0], let last = ends[1] else {
      throw OptionError("it takes two extensions of 2 to 10 digits, such as 1000-4999")
    }
    guard first.digitCount == last.digitCount else {
      throw OptionError(
        "\(first) and \(last) differ in length. Extensions are texts: give one range for each "
          + "number of digits"
      )
    }
    guard first <= last else { throw OptionError("\(first) comes after \(last)") }
    return first...last
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// Limits, as `--max-errors` and `--max-change` have them.
package enum AmountText {
  /// Reads a number of rows or a share: `12`, `2.5%`.
  package static func amount(_ text: String) throws(OptionError) -> RunLimits.Amount {
    if text.hasSuffix("%"), let share = percent(text) { return .percent(share) }
    if let count = Int(text), count >= 0, text.utf8.first != UInt8(ascii: "+") {
      return .count(count)
    }
    throw OptionError("it takes a number of rows or a share of them, such as 10 or 5%")
  }

  /// Reads a share in percent: `20%`.
  package static func share(_ text: String) throws(OptionError) -> Double {
    guard text.hasSuffix("%"), let share = percent(text) else {
      throw OptionError("it takes a share of the present assignments, such as 20%")
    }
    return share
  }

  private static func percent(_ text: String) -> Double? {
    let digits = text.dropLast()
    guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: ".") }),
      let value = Double(digits), value >= 0, value <= 100
    else { return nil }
    return value
  }
}
