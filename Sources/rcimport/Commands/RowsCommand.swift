import ArgumentParser
import ImportModel
import Readers
import Rows

/// Shows the rows as the reader sees them, before any check.
struct RowsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rows",
    abstract: "Show the rows as they are read, before any check.",
    discussion: """
      Examples:
        rcimport rows users.csv --limit 5
        rcimport rows extensions.xml | jq -r '.fields["contact/email"]'
        rcimport rows export.txt --delimiter pipe --encoding WINDOWS-1252

      One JSON object a line: the names of a CSV file's columns first, then every row with its \
      place. A row that cannot be trusted carries its damage.
      """
  )

  @Argument(help: "Exports to read; - is standard input.", completion: .file())
  var file: [String]

  @Option(help: ArgumentHelp("Show only the first rows of each file.", valueName: "n"))
  var limit: Int?

  @OptionGroup(title: "How inputs are written")
  var dialect: DialectOptions

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit takes a number of rows from 0 on.") }
    if file.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input (-) can be read only once.")
    }
  }

  func run() throws {
    try performListing { () throws(ImportError) in
      let result = try ResultText()
      for path in file {
        try write(path, to: result)
      }
      try result.finish()
    }
  }

  private func write(_ path: String, to result: ResultText) throws(ImportError) {
    let input = try InputOpener.openRaw(path: path, options: dialect.readingOptions)
    var lines = RowLines(of: input, named: file.count > 1, to: result)
    lines.appendHeader()
    var left = limit ?? .max
    var batch = RowBatch()
    do throws(ImportError) {
      while left > 0, try input.reader.read(into: &batch) {
        for row in 0..<min(batch.count, left) { lines.append(row, of: batch) }
        left -= min(batch.count, left)
        try result.flushIfFull()
      }
    } catch {
      // What was read before the fault is shown: it leads there.
      try result.flush()
      throw error
    }
  }
}
