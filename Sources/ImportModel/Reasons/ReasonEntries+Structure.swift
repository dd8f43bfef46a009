extension ReasonEntry {
  static let delimiterAmbiguous = ReasonEntry(
    "delimiter_ambiguous",
    .refusal,
    summary: "The delimiter cannot be told for certain",
    says: "the delimiter cannot be told for certain[; it may be {text}]",
    meaning: "Several characters divide the rows equally well.",
    cause: "Few columns, or text that is full of commas and semicolons.",
    hint: "Name the character with --delimiter"
  )
  static let sepDirective = ReasonEntry(
    "sep_directive",
    .note,
    summary: "The first line names the delimiter and was used",
    says: "the first line names the delimiter[ {quoted}]; it was used",
    meaning: "A line such as sep=; is not data.",
    cause: "Exports for Excel write it.",
    hint: ReasonText.nothingToDo
  )
  static let lineEndingsMixed = ReasonEntry(
    "line_endings_mixed",
    .warning,
    .safe,
    summary: "The lines of the input end in different ways",
    says: "the lines of the input end in different ways[, {number} not like the first]",
    meaning: "All of them were understood.",
    cause: "Parts from different systems that were joined, or an edit on another system.",
    hint: "Check that the parts of the input belong together"
  )
  static let raggedRowShort = ReasonEntry(
    "ragged_row_short",
    .error,
    .suggested,
    summary: "The row has fewer fields than the header",
    says: "the row has {number|field|fields}, the header has {limit}",
    meaning: "It is not certain which value belongs to which column.",
    cause: "A missing delimiter, or a line break inside a value that is not in quotes.",
    hint: "Add the missing delimiter, or put the broken value in quotes"
  )
  static let raggedRowLong = ReasonEntry(
    "ragged_row_long",
    .error,
    .suggested,
    summary: "The row has more fields than the header",
    says: "the row has {number|field|fields}, the header has {limit}",
    meaning: "It is not certain which value belongs to which column.",
    cause: "A value that contains the delimiter and is not in quotes.",
    hint: "Put the value that contains the delimiter in quotes"
  )
  static let trailingDelimiter = ReasonEntry(
    "trailing_delimiter",
    .note,
    .safe,
    summary: "Empty fields beyond the header were left out",
    meaning: "They held nothing.",
    cause: "Rows that end in a delimiter, or empty columns of a spreadsheet.",
    hint: ReasonText.nothingToDo
  )
  static let unterminatedQuote = ReasonEntry(
    "unterminated_quote",
    .error,
    .suggested,
    summary: "A quote is opened and never closed",
    says: "the quote opened[ on line {number}] is never closed",
    meaning: "Where the value ends is not certain, so the row is rejected.",
    cause: "A single quotation mark in a value, such as one for inches.",
    hint: "Close the quote, or double the quotation mark inside the value"
  )
  static let strayQuote = ReasonEntry(
    "stray_quote",
    .error,
    .suggested,
    summary: "There is a quote inside a value that is not in quotes",
    says: "there is a quote inside a value that is not in quotes[, in field {number}]",
    meaning: "What belongs to the value is not certain, so the row is rejected.",
    cause: "A quotation mark in a value that the export did not put in quotes.",
    hint: "Put the whole value in quotes and double the quotation mark inside"
  )
  static let textAfterQuote = ReasonEntry(
    "text_after_quote",
    .error,
    .suggested,
    summary: "Text follows a closing quote",
    says: "text follows a closing quote[ in field {number}]",
    meaning: "What belongs to the value is not certain, so the row is rejected.",
    cause: "A quotation mark inside a quoted value that was not doubled.",
    hint: "Double the quotation mark inside the value"
  )
  static let multilineField = ReasonEntry(
    "multiline_field",
    .warning,
    .suggested,
    summary: "The value has a line break in it",
    meaning: "The row is kept as it is.",
    cause: "Text that was pasted with its line break.",
    hint: "Remove the line break"
  )
  static let blankRow = ReasonEntry(
    "blank_row",
    .note,
    .safe,
    summary: "Blank rows were skipped",
    says: "{number|blank row was|blank rows were} skipped",
    meaning: "They hold no data.",
    cause: "Empty lines between or after the rows of a spreadsheet.",
    hint: ReasonText.nothingToDo
  )
  static let repeatedHeader = ReasonEntry(
    "repeated_header",
    .warning,
    .safe,
    summary: "The header appears again among the rows and was skipped",
    says: "the header appears again among the rows[, {number|time|times}]; it was skipped",
    meaning: "The line is not data.",
    cause: "Several exports that were joined with their headers.",
    hint: "Check that the joined parts have the same columns"
  )
  static let titleRow = ReasonEntry(
    "title_row",
    .warning,
    .safe,
    summary: "Lines before the header were skipped",
    says: "{number|line before the header was|lines before the header were} skipped",
    meaning: "They are a title or remarks and not data.",
    cause: "Reports that put a title and a date above the table.",
    hint: "Remove the lines above the header"
  )
  static let footerRow = ReasonEntry(
    "footer_row",
    .warning,
    .suggested,
    summary: "Lines at the end read like a total and were skipped",
    says: "{number|line at the end reads|lines at the end read} like a total: skipped",
    meaning: "They sum the rows up and are not data.",
    cause: "Reports that put totals below the table.",
    hint: "Remove the lines below the last row"
  )
  static let commentRow = ReasonEntry(
    "comment_row",
    .note,
    .safe,
    summary: "Comment lines were skipped",
    says: "{number|comment line was|comment lines were} skipped",
    meaning: "Lines that begin with # and do not have a row's width are not data.",
    cause: "Tools that write remarks into their exports.",
    hint: ReasonText.nothingToDo
  )
}
