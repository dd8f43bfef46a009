import ImportModel

/// What the user says about an input instead of letting it be found from the content.
package struct ReadingOptions: Sendable {
  /// A way of writing rows down.
  package enum Format: String, CaseIterable, Sendable { case csv, xml }

  /// Users or extensions.
  package var kind: InputKind?
  package var format: Format?
  /// The byte between fields: `,` `;` tab or `|`, or any other ASCII character.
  package var delimiter: UInt8?
  /// A name that iconv(3) knows.
  package var encoding: String?
  /// Whether CSV begins with the names of its columns.
  package var hasHeader = true
  /// Columns by name, or by number from 1 where there is no header.
  package var map: [Field: String] = [:]
  /// The element of a record, from the root: `users/user`.
  package var recordPath: [String]?
  /// Longer fields damage their row.
  package var maximumFieldByteCount = 1 << 20
  /// Longer records damage their row.
  package var maximumRowByteCount = 1 << 20
  /// Inputs without rows are taken.
  package var allowsEmpty = false

  /// Nothing said.
  package init() {}
}
