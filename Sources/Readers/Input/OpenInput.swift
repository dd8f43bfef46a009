package import ImportModel
package import Rows

/// An input that was opened: what it is, and the reader of its rows.
package final class OpenInput {
  package let source: InputSource
  package let reader: any RowReader
  package let format: ReadingOptions.Format
  /// What the rows describe; of an input opened raw it means nothing.
  package let kind: InputKind
  /// Which column holds which field; in XML it grows with the columns (`remap`).
  package private(set) var mapping: ColumnMapping
  /// The columns as they were matched last.
  package private(set) var columns: [String]
  /// The dialect of CSV; `nil` for XML.
  package let dialect: CSVDialect?
  /// Where the header's record lies in the text, without its line end; `nil` without a header.
  package let header: Range<UInt64>?
  /// The element of a record, from the root; `nil` for CSV.
  package let recordPath: [String]?
  /// What was noticed while opening.
  package private(set) var remarks: [Finding]

  private let options: ReadingOptions
  private let samples: ColumnSamples

  /// What was found out about an input's rows.
  struct Findings {
    var reader: any RowReader
    var format: ReadingOptions.Format
    var columns: [String]
    var match: ColumnMatch
    var samples: ColumnSamples
    var dialect: CSVDialect?
    var header: Range<UInt64>?
    var recordPath: [String]?
    var remarks: [Finding] = []
  }

  init(_ source: InputSource, _ found: Findings, options: ReadingOptions) {
    self.source = source
    reader = found.reader
    format = found.format
    kind = found.match.kind
    mapping = found.match.mapping
    columns = found.columns
    dialect = found.dialect
    header = found.header
    recordPath = found.recordPath
    remarks = source.remarks + found.remarks + found.match.remarks
    samples = found.samples
    var options = options
    options.kind = found.match.kind
    self.options = options
    watchColumns()
  }

  /// The name the user gave, `-` for standard input.
  package var name: String { source.name }

  /// Whether CSV begins with the names of its columns.
  package var hasHeader: Bool { header != nil }

  /// The format as it is recorded: `csv`, `xml`, or `json` for RingCentral's own list.
  package var formatName: String { source.isRewritten ? "json" : format.rawValue }

  /// The encoding of the input.
  package var encodingName: String { source.encoding.name }

  /// Takes in columns that turned up since the last time, as XML has them.
  ///
  /// A field that has a column keeps it.
  /// - Returns: whether the mapping grew.
  /// - Throws: `column_ambiguous` when a new column means a key as well as the one that is read.
  package func remap() throws(ImportError) -> Bool {
    guard reader.columns.count > columns.count else { return false }
    let old = mapping
    columns = reader.columns
    let matcher = ColumnMatcher(columns: columns, samples: samples, options: options, grows: true)
    let match: ColumnMatch
    do {
      match = try matcher.match()
    } catch {
      throw ImportError(refusing: name, because: error.finding)
    }
    let used = Set(Field.allCases.compactMap { old[$0] })
    for field in Field.allCases {
      guard let column = match.mapping[field], column != old[field] else { continue }
      if let before = old[field] {
        guard field == .userID || field == .extensionNumber else { continue }
        // Records with an element inside the one that is read are damaged, not the whole input.
        let names = (ColumnName(columns[before]), ColumnName(columns[column]))
        guard !names.0.isBelow(names.1), !names.1.isBelow(names.0) else { continue }
        let text = "\"\(columns[before])\" and \"\(columns[column])\""
        throw ImportError(
          refusing: name,
          because: Finding(.columnAmbiguous, .refusal, field: field, text: text)
        )
      }
      if !used.contains(column) { mapping[field] = column }
    }
    watchColumns()
    for remark in match.remarks where !remarks.contains(remark) { remarks.append(remark) }
    return mapping != old
  }

  /// Tells the reader of XML which columns to speak of when several are damaged.
  private func watchColumns() {
    guard let reader = reader as? XMLReader else { return }
    reader.watchedPaths = Set(Field.allCases.compactMap { mapping[$0].map { columns[$0] } })
  }
}

extension OpenInput: CustomStringConvertible {
  /// One line that says what the input was found to be.
  package var description: String { "\(name): \(nature)" }

  /// What the input was found to be, without its name.
  package var nature: String {
    var how: [String] = []
    if let dialect, !source.isRewritten { how.append(DelimiterNames.name(of: dialect.delimiter)) }
    if let recordPath { how.append("<" + recordPath.joined(separator: "/") + ">") }
    how.append(encodingName)
    let width = "\(columns.count) column\(columns.count == 1 ? "" : "s")"
    let mapped = Field.allCases.compactMap { field in
      mapping[field].map { "\(field.name)=\"\(ColumnName(columns[$0]).cleaned)\"" }
    }
    let what = "\(kind.rawValue), \(formatName.uppercased())"
    let list = mapped.isEmpty ? "" : ": " + mapped.joined(separator: ", ")
    return "\(what) (\(how.joined(separator: ", "))), \(width)\(list)"
  }
}
