extension ReasonEntry {
  static let cellExcelError = ReasonEntry(
    "cell_excel_error",
    .error,
    .lost,
    summary: "The cell holds a spreadsheet error such as #N/A or #REF! and no value",
    says: "a spreadsheet error stands here and no value",
    meaning: "The value was never in the export.",
    cause: "A formula, often a lookup, that failed when the sheet was saved.",
    hint: "Repair the formula, paste its results as values and export again"
  )
  static let cellHashMarks = ReasonEntry(
    "cell_hash_marks",
    .error,
    .lost,
    summary: "Only # signs: the column was too narrow to show the value",
    meaning: "The value is not in the export.",
    cause: "Text copied from a spreadsheet, which shows # signs where a number does not fit.",
    hint: "Widen the column and export again"
  )
  static let cellFormula = ReasonEntry(
    "cell_formula",
    .error,
    .lost,
    summary: "A formula stands here and not its result",
    meaning: "Formulas are not worked out, and recording one could do harm when it is opened.",
    cause: "A sheet that was exported while it showed formulas.",
    hint: "Paste the results as values and export again"
  )
  static let cellTextFormula = ReasonEntry(
    "cell_text_formula",
    .error,
    .safe,
    summary: "The value is wrapped in =\"...\"",
    meaning: "The wrapping is not part of the value.",
    cause: "Exports for Excel, which write text so in order to keep leading zeros.",
    hint: "Export plain text"
  )
  static let cellLeadingApostrophe = ReasonEntry(
    "cell_leading_apostrophe",
    .error,
    .safe,
    summary: "An apostrophe stands before the value",
    meaning: "It marks a cell as text and is not part of the value.",
    cause: "A cell that was typed as text into a spreadsheet.",
    hint: "Remove the apostrophe"
  )
  static let cellSmartQuotes = ReasonEntry(
    "cell_smart_quotes",
    .error,
    .safe,
    summary: "Typographic quotation marks stand around the value",
    meaning: "They are not part of the value.",
    cause: "Text that went through a word processor or an e-mail.",
    hint: "Remove the quotation marks"
  )
  static let cellWrappedQuotes = ReasonEntry(
    "cell_wrapped_quotes",
    .error,
    .safe,
    summary: "Extra quotation marks stand around the value",
    meaning: "They are not part of the value.",
    cause: "An export that was put in quotes twice.",
    hint: "Remove the quotation marks"
  )
  static let cellOuterSpace = ReasonEntry(
    "cell_outer_space",
    .note,
    .safe,
    summary: "White space around the value was trimmed",
    meaning: "The value is taken without it.",
    cause: "Typing, or columns of fixed width.",
    hint: ReasonText.nothingToDo
  )
  static let cellInnerSpace = ReasonEntry(
    "cell_inner_space",
    .error,
    .suggested,
    summary: "There is a space inside the value",
    meaning: "A value of this kind has none.",
    cause: "A slip when typing, or two values in one cell.",
    hint: "Remove the space"
  )
  static let cellNBSP = ReasonEntry(
    "cell_nbsp",
    .error,
    .safe,
    summary: "There is a no-break space or another wide space",
    says: "there is a no-break or wide space[ {text}]",
    meaning: "It looks like nothing and makes the value differ from what it seems to be.",
    cause: "Text that was copied from a web page or a document.",
    hint: "Type the value again without the space"
  )
  static let cellZeroWidth = ReasonEntry(
    "cell_zero_width",
    .error,
    .safe,
    summary: "There is a character without any width",
    says: "there is a character without any width[, {text}][, at position {number}]",
    meaning: "It cannot be seen and makes the value differ from what it seems to be.",
    cause: "Text that was copied from a web page or a chat.",
    hint: "Type the value again"
  )
  static let cellBidiControl = ReasonEntry(
    "cell_bidi_control",
    .error,
    .safe,
    summary: "There is a mark that sets the direction of text",
    says: "there is a mark that sets the direction of text[, {text}][, at position {number}]",
    meaning: "It cannot be seen and makes the value differ from what it seems to be.",
    cause: "Text that was copied from a contact list or a phone number field.",
    hint: "Type the value again"
  )
  static let cellSoftHyphen = ReasonEntry(
    "cell_soft_hyphen",
    .error,
    .safe,
    summary: "There is a soft hyphen",
    says: "there is a soft hyphen[ at position {number}]",
    meaning: "It mostly cannot be seen and makes the value differ from what it seems to be.",
    cause: "Text that was copied from a web page or a document.",
    hint: "Type the value again"
  )
  static let cellTabNewline = ReasonEntry(
    "cell_tab_newline",
    .error,
    .suggested,
    summary: "There is a tab or a line break inside the value",
    meaning: "Whether this is one value or two is not certain.",
    cause: "Several cells that were pasted into one.",
    hint: "Keep the one value that is meant"
  )
  static let cellControlChar = ReasonEntry(
    "cell_control_char",
    .error,
    .suggested,
    summary: "There is a control character",
    says: "there is a control character[, {text}]",
    meaning: "Text of this kind holds none, so part of it may be damaged.",
    cause: "Data from a terminal or a mainframe, or a damaged database field.",
    hint: "Clean the value where it comes from"
  )
  static let cellReplacementChar = ReasonEntry(
    "cell_replacement_char",
    .error,
    .lost,
    summary: "There is a U+FFFD: a character was lost before the export",
    says: "there is a U+FFFD[ at position {number}]: a character was lost before the export",
    meaning: "What stood there cannot be found out from this input.",
    cause: "An earlier program read the text in the wrong encoding.",
    hint: "Export again as UTF-8 from the system that still has the text"
  )
  static let cellMojibake = ReasonEntry(
    "cell_mojibake",
    .warning,
    .suggested,
    summary: "The text looks like UTF-8 that was read in another encoding",
    says: "the text looks like UTF-8 that was read in another encoding[: {quoted}]",
    meaning: "Letters beyond ASCII are probably wrong.",
    cause: "A CSV file that was opened and saved again with the wrong encoding.",
    hint: "Export again as UTF-8, or say the encoding with --encoding"
  )
  static let cellNullWord = ReasonEntry(
    "cell_null_word",
    .error,
    .suggested,
    summary: "A word for \"no value\" stands here",
    meaning: "It is not a value of this field.",
    cause: "An export that writes NULL, N/A or a dash for what is empty.",
    hint: "Leave the cell empty; --on-blank says what empty extensions mean"
  )
  static let cellBooleanWord = ReasonEntry(
    "cell_boolean_word",
    .error,
    .lost,
    summary: "A word for yes or no stands here",
    meaning: "It is not a value of this field.",
    cause: "Columns that were shifted, or the wrong column.",
    hint: "Check that the columns stand under their headers"
  )
  static let cellHTMLEntity = ReasonEntry(
    "cell_html_entity",
    .error,
    .suggested,
    summary: "There is an HTML entity in the text",
    says: "there is an HTML entity[ {quoted}] in the text",
    meaning: "The text was prepared for a web page and is not the plain value.",
    cause: "An export from a web application.",
    hint: "Export plain text, or replace the entity by its character"
  )
  static let cellPercentEncoded = ReasonEntry(
    "cell_percent_encoded",
    .error,
    .suggested,
    summary: "The value is URL-encoded",
    says: "the value is URL-encoded[: {quoted}]",
    meaning: "It was prepared for a web address and is not the plain value.",
    cause: "An export built from links.",
    hint: "Decode the values before the export"
  )
  static let cellJSON = ReasonEntry(
    "cell_json",
    .error,
    .suggested,
    summary: "JSON stands in the cell",
    meaning: "A single value is expected here.",
    cause: "An export that writes a whole object into one column.",
    hint: "Export the field itself"
  )
  static let cellMasked = ReasonEntry(
    "cell_masked",
    .error,
    .lost,
    summary: "The value is masked",
    meaning: "Part of it was replaced and is not in the export.",
    cause: "An export for people who may not see the whole value.",
    hint: "Export without masking"
  )
  static let cellTruncatedMark = ReasonEntry(
    "cell_truncated_mark",
    .error,
    .lost,
    summary: "The value ends in dots: its end was cut off",
    meaning: "The rest of it is not in the export.",
    cause: "Text that was copied from a table that shortens its cells.",
    hint: "Export the full values"
  )
}
