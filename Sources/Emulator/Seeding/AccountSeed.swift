import Bytes
package import ImportModel
import Readers
package import Rows

/// Fills an account from an extensions export.
package struct AccountSeed: ~Copyable {
  /// The account as far as it was filled.
  package private(set) var account: Account

  /// Begins with an account.
  package init(_ account: Account) { self.account = account }

  /// Adds the extensions of an export in CSV or XML.
  ///
  /// A row without a number is an unassigned extension unless its status says otherwise. Ids that are missing are invented, behind
  /// all that the export has.
  /// - Throws: an `ImportError` when the export cannot be used, also when a row is damaged or
  ///   repeats an id or a number.
  package mutating func add(path: String, options: ReadingOptions) throws(ImportError) {
    var options = options
    options.kind = .extensions
    let input = try InputOpener.open(path: path, options: options, wantsDigest: false)
    var batch = RowBatch()
    var withoutID: [(row: Position, texts: [Field: String])] = []
    while try input.reader.read(into: &batch) {
      _ = try input.remap()
      for row in 0..<batch.count {
        let head = batch.rows[row]
        guard head.damage == nil else {
          throw Self.failure("the row is damaged", head.position, input.name)
        }
        let texts = Self.texts(row, of: batch, input.mapping)
        if let text = texts[.extensionID] {
          guard let id = Int64(text), id > 0 else {
            throw Self.failure("the id is not a whole number", head.position, input.name)
          }
          try add(id: id, texts, head.position, input.name)
        } else {
          withoutID.append((head.position, texts))
        }
      }
    }
    for (position, texts) in withoutID {
      try add(id: account.nextID(), texts, position, input.name)
    }
  }

  private mutating func add(
    id: Int64,
    _ texts: [Field: String],
    _ position: Position,
    _ file: String
  ) throws(ImportError) {
    guard account[id] == nil else { throw Self.failure("the id comes again", position, file) }
    let number = texts[.extensionNumber]
    let status = ExtensionStatus(exported: texts[.status] ?? "")
    var added = PhoneExtension(
      id: id,
      type: ExtensionType(exported: texts[.type] ?? ""),
      status: number == nil
        ? status ?? .unassigned : status == .unassigned ? .enabled : status ?? .enabled
    )
    if let number {
      guard number.utf8.count <= 8, number.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
        throw Self.failure("the extension is not a number of up to 8 digits", position, file)
      }
      guard account.holder(ofNumber: number) == nil else {
        throw Self.failure("the extension \(number) comes again", position, file)
      }
      added.number = number
    }
    // An unassigned extension's name, if it has one, says just that.
    if added.status != .unassigned || texts[.email] != nil {
      added.contact = Self.contact(texts, of: added.type)
    }
    if let name = texts[.site] {
      added.site = account.site(named: name)
    }
    account.add(added)
  }

  private static func contact(_ texts: [Field: String], of type: ExtensionType) -> Contact {
    var contact = Contact()
    contact[.firstName] = texts[.firstName]
    contact[.lastName] = texts[.lastName]
    contact[.email] = texts[.email]
    contact[.department] = texts[.department]
    contact[.jobTitle] = texts[.jobTitle]
    guard contact.name.isEmpty, let name = texts[.name] else { return contact }
    let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
    if type.isUserLike, parts.count == 2 {
      (contact[.firstName], contact[.lastName]) = (parts[0], parts[1])
    } else {
      contact[.firstName] = name
    }
    return contact
  }

  /// The values of a row that are not blank.
  private static func texts(
    _ row: Int,
    of batch: borrowing RowBatch,
    _ mapping: ColumnMapping
  ) -> [Field: String] {
    var texts: [Field: String] = [:]
    for field in Field.allCases {
      guard let column = mapping[field] else { continue }
      let value = batch.value(ofColumn: column, row: row)
      let trimmed = value.extracting(UTF8Text.trimmedRange(of: value))
      if !trimmed.isEmpty { texts[field] = String(utf8: trimmed) }
    }
    return texts
  }

  private static func failure(
    _ problem: String,
    _ position: Position,
    _ file: String
  ) -> ImportError {
    ImportError(
      .unusableInput,
      "row \(position.row): \(problem)",
      hint: "rcimport validate --extensions shows what is wrong with each row",
      file: file,
      line: UInt32(clamping: position.line)
    )
  }
}
