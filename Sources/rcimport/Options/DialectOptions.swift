import ArgumentParser
import Bytes
import Pipeline
import Readers
import Reports
import Rows

/// How inputs are written, where the user does not want it to be found from the content.
struct DialectOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How rows are written.", valueName: "csv|xml"))
  var format: ReadingOptions.Format?

  @Option(
    help: ArgumentHelp(
      "What stands between CSV fields: , ; tab | or any other ASCII character, also as comma, "
        + "semicolon, pipe.",
      valueName: "character"
    ),
    transform: DelimiterText.byte
  )
  var delimiter: UInt8?

  @Option(
    help: ArgumentHelp(
      "The encoding of the text, such as UTF-8, UTF-16LE or WINDOWS-1252.",
      valueName: "name"
    )
  )
  var encoding: String?

  @Flag(help: "CSV has no header: the first record is a row, columns are numbered from 1.")
  var noHeader = false

  @Option(
    help: ArgumentHelp(
      "The XML element of a record, from the root, such as users/user.",
      valueName: "a/b"
    ),
    transform: RecordPathText.names
  )
  var recordPath: [String]?

  @Option(
    help: ArgumentHelp(
      "Longer fields damage their row (64K, 1MiB, ...; default: 1M).",
      valueName: "size"
    ),
    transform: ByteSizeText.byteCount
  )
  var maxFieldBytes: Int?

  @Option(
    help: ArgumentHelp(
      "Longer rows are damaged (64K, 4M, ...; default: 1M).",
      valueName: "size"
    ),
    transform: ByteSizeText.byteCount
  )
  var maxRowBytes: Int?

  /// What was said, for the readers.
  var readingOptions: ReadingOptions {
    var options = ReadingOptions()
    options.format = format
    options.delimiter = delimiter
    options.encoding = encoding
    options.hasHeader = !noHeader
    options.recordPath = recordPath
    if let maxFieldBytes { options.maximumFieldByteCount = maxFieldBytes }
    if let maxRowBytes { options.maximumRowByteCount = maxRowBytes }
    return options
  }

  func validate() throws {
    if let encoding, !TextEncoding.isKnown(encoding) {
      throw ValidationError(
        "There is no encoding \"\(ByteBuffer.shown(encoding))\". --encoding takes a name that "
          + "iconv knows, such as UTF-8, UTF-16LE or WINDOWS-1252."
      )
    }
  }
}

extension ReadingOptions.Format: ExpressibleByArgument {}
