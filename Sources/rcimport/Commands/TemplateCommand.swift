import ArgumentParser
import Bytes
import ImportModel
import Rows

/// Writes an empty, correct input file.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write an empty input file to fill in.",
    discussion: """
      Examples:
        rcimport template users > users.csv
        rcimport template users --format xml --output users.xml

      userId and rcExtension are all that an assignment needs. With the other columns of a user the \
      import also records people, and creates those whom the store does not know; columns that you \
      take out leave what is stored as it is.
      """
  )

  @Argument(help: "What the rows describe.")
  var kind: InputKind

  @Option(help: ArgumentHelp("How rows are written.", valueName: "csv|xml"))
  var format = ReadingOptions.Format.csv

  @Option(
    help: ArgumentHelp("Where it goes, instead of standard output.", valueName: "file"),
    completion: .file()
  )
  var output = "-"

  func run() throws {
    try performListing { () throws(ImportError) in
      let result = try ResultText(to: output)
      let columns = kind.templateColumns
      let records = RecordWriter(format, of: kind, columns: columns, to: result)
      records.begin()
      if format == .xml { appendPattern(columns, to: result) }
      records.end()
      try result.finish()
    }
  }

  /// Adds one record's shape as a comment, which the import does not see.
  private func appendPattern(_ columns: [String], to result: ResultText) {
    let name = kind.elements.record
    result.bytes.append(text: "  <!-- One element for each row:\n  <\(name)>\n")
    for column in columns { result.bytes.append(text: "    <\(column)></\(column)>\n") }
    result.bytes.append(text: "  </\(name)>\n  -->\n")
  }
}
