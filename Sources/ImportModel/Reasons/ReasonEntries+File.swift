extension ReasonEntry {
  static let fileNotFound = ReasonEntry(
    "file_not_found",
    .refusal,
    .lost,
    summary: "The input does not exist",
    meaning: "There is no file of this name, so nothing was read.",
    cause: "A mistyped path, or an export job that has not run yet.",
    hint: "Check the path, and whether the export ran"
  )
  static let fileUnreadable = ReasonEntry(
    "file_unreadable",
    .refusal,
    .lost,
    summary: "The input cannot be opened or read",
    meaning: "The file is there, but the system does not let us read it to its end.",
    cause: "Missing permissions, a folder in place of a file, or a failing disk or network drive.",
    hint: "Check the permissions of the file and that it is a plain file"
  )
  static let fileEmpty = ReasonEntry(
    "file_empty",
    .refusal,
    .lost,
    summary: "The input has no content",
    meaning: "The file holds nothing, or nothing but white space.",
    cause: "An export that failed, or one that was still being written.",
    hint: "Check that the export finished; --allow-empty needs a header or a root element at least"
  )
  static let fileHeaderOnly = ReasonEntry(
    "file_header_only",
    .refusal,
    .lost,
    summary: "The input has a header and no rows",
    says: "the XML has the root <{text}> and no records in it",
    meaning: "The columns, or the root of the XML, are there, but no row follows.",
    cause: "An export with a filter that nobody passed, or a lost second half.",
    hint: "If no rows are right, say so with --allow-empty; otherwise export again"
  )
  static let fileTruncated = ReasonEntry(
    "file_truncated",
    .warning,
    .lost,
    summary: "The last row is cut off: it is too short and has no line end",
    says: "the last row is cut off: it has {number|field|fields} of {limit} and no line end",
    meaning:
      "The row itself is rejected as too short; an unknown number of rows may be missing after it.",
    cause: "A download or copy that was interrupted, or an export that was still being written.",
    hint: "Fetch the whole file again"
  )
  static let fileChanged = ReasonEntry(
    "file_changed",
    .refusal,
    .lost,
    summary: "The input changed while it was being read",
    meaning: "What was checked is no longer what the file holds, so nothing is written.",
    cause: "An export job, an editor or a sync program that writes the file at the same time.",
    hint: "Wait until the export is complete, or import a copy"
  )
  static let fileNamedTwice = ReasonEntry(
    "file_named_twice",
    .refusal,
    summary: "The same input is given twice",
    says: "the same input is given twice[, also as {text}]",
    meaning: "Every row of it would be its own duplicate.",
    cause: "The same file under two names or by a pattern that matches it twice.",
    hint: "Name each input once"
  )
  static let fileIsXLSX = ReasonEntry(
    "file_is_xlsx",
    .refusal,
    .lost,
    summary: "This is an Excel workbook, not CSV or XML",
    meaning: "A workbook holds sheets in a compressed form that is not read here.",
    cause: "The workbook was saved as it is, or renamed to .csv.",
    hint: "In Excel choose Save As, \"CSV UTF-8\", with the id and extension columns set to Text"
  )
  static let fileIsXLS = ReasonEntry(
    "file_is_xls",
    .refusal,
    .lost,
    summary: "This is an old Excel workbook, not CSV or XML",
    meaning: "The binary format of Excel before 2007 is not read here.",
    cause: "A report tool that still writes .xls, or a workbook renamed to .csv.",
    hint: "Open it in a spreadsheet program and save it as \"CSV UTF-8\""
  )
  static let fileIsHTML = ReasonEntry(
    "file_is_html",
    .refusal,
    .lost,
    summary: "This is a web page, not CSV or XML",
    meaning: "The page may be a sign-in or error page that was saved in place of the export.",
    cause: "A download link that was used without being signed in.",
    hint: "Sign in and download the export again"
  )
  static let fileIsJSON = ReasonEntry(
    "file_is_json",
    .refusal,
    .lost,
    summary: "This is JSON, not CSV or XML",
    meaning: "Of JSON only RingCentral's own list of extensions is read.",
    cause: "An export or database dump in another format than the one wanted.",
    hint: "Export as CSV or XML"
  )
  static let fileIsCompressed = ReasonEntry(
    "file_is_compressed",
    .refusal,
    .lost,
    summary: "The input is compressed",
    says: "the input is compressed[ ({text})]",
    meaning: "Archives and compressed files are not unpacked here.",
    cause: "A download that comes packed, or a backup of an export.",
    hint: "Unpack it first, or pipe the unpacked text in and name the input -"
  )
  static let fileIsBinary = ReasonEntry(
    "file_is_binary",
    .refusal,
    .lost,
    summary: "The input is not text",
    says: "the input is not text[ but {text}]",
    meaning: "It holds bytes that no CSV or XML file holds.",
    cause: "Another kind of file under the name of an export.",
    hint: "Choose the exported CSV or XML file"
  )
  static let formatMismatch = ReasonEntry(
    "format_mismatch",
    .warning,
    summary: "The name of the input says another format than its content",
    says: "the name of the input says {text}, its content is {suggestion}",
    meaning: "The content decides how it is read.",
    cause: "A file that was renamed, or saved under the wrong ending.",
    hint: "Rename the file to what it is"
  )
  static let encodingUnknown = ReasonEntry(
    "encoding_unknown",
    .refusal,
    .lost,
    summary: "The encoding that the input is said to have is not known",
    says: "the encoding[ {quoted}] that the input is said to have is not known",
    meaning: "Without its encoding the text cannot be read.",
    cause: "A misspelt encoding in the first line of XML or after --encoding, or a rare one.",
    hint: "Say the right one with --encoding, or export as UTF-8"
  )
  static let encodingAssumed = ReasonEntry(
    "encoding_assumed",
    .note,
    summary: "The input is not UTF-8 and was read in another encoding",
    says: "the input is not UTF-8[; it was read as {text}]",
    meaning: "Its byte order mark, its zero bytes, its XML declaration or --encoding say which.",
    cause: "Text in UTF-16, as Windows programs write it, or XML that names another encoding.",
    hint: "Check that letters beyond ASCII are right; else say the encoding with --encoding"
  )
  static let encodingMixed = ReasonEntry(
    "encoding_mixed",
    .error,
    .suggested,
    summary: "The row mixes UTF-8 with bytes of another encoding",
    says: "byte 0x{byte} at position {limit} is not UTF-8, though other text of the row is"
      + "[; it stands in column {quoted}]",
    meaning: "Part of the row's text cannot be read with certainty, so the row is rejected.",
    cause: "Files of different encodings that were joined, or cells pasted from elsewhere.",
    hint: "Export the data again in one encoding, best UTF-8"
  )
  static let invalidUTF8 = ReasonEntry(
    "invalid_utf8",
    .error,
    .suggested,
    summary: "The row has bytes that are not valid UTF-8",
    says: "byte 0x{byte}[ at position {limit}] is not valid UTF-8[; it stands in column {quoted}]",
    meaning: "Part of the row's text cannot be read, so the row is rejected.",
    cause: "An export in another encoding, or text that was cut in the middle of a character.",
    hint: "Export as UTF-8, or say the encoding, such as --encoding windows-1252"
  )
  static let utf16Broken = ReasonEntry(
    "utf16_broken",
    .refusal,
    .lost,
    summary: "The UTF-16 or UTF-32 text of the input is cut or damaged",
    says: "the[ {text}] text of the input is cut or damaged[ after byte {number}]",
    meaning: "Half a character is left over, so something is missing.",
    cause: "A transfer that was cut, or one that changed line ends in binary data.",
    hint: "Fetch the file again, in binary mode"
  )
  static let nulByte = ReasonEntry(
    "nul_byte",
    .error,
    .suggested,
    summary: "There is a NUL character in the text",
    meaning: "Text never holds NUL, so the row cannot be trusted.",
    cause: "UTF-16 without a byte order mark, or fields of fixed width from a database.",
    hint: "Export as UTF-8"
  )
  static let bomInside = ReasonEntry(
    "bom_inside",
    .error,
    .safe,
    summary: "A byte order mark stands inside the input, before this row",
    says: "a byte order mark stands before the row",
    meaning: "The mark belongs at the start of a file only; here it sticks to the first value.",
    cause: "Several files that were joined as they were.",
    hint: "Give the files one by one, or join them without their marks"
  )
  static let fieldTooLong = ReasonEntry(
    "field_too_long",
    .error,
    .lost,
    summary: "A field is longer than the limit",
    says: "a field has more than {limit|byte|bytes}[: {number}]",
    meaning: "The row's values were not looked at, so the row is rejected.",
    cause: "Mostly a quote that is opened and never closed, so that rows run together.",
    hint: "Look for an unclosed quote; --max-field-bytes raises the limit"
  )
  static let rowTooLong = ReasonEntry(
    "row_too_long",
    .error,
    .lost,
    summary: "A row is longer than the limit",
    says: "the row has more than {limit|byte|bytes}[: {number}]",
    meaning: "The row's values were not looked at, so the row is rejected.",
    cause: "Mostly a quote that is opened and never closed, so that rows run together.",
    hint: "Look for an unclosed quote; --max-row-bytes raises the limit"
  )
  static let tooManyColumns = ReasonEntry(
    "too_many_columns",
    .refusal,
    .lost,
    summary: "The input has too many columns",
    says: "the input has too many columns[: {number}][, at most {limit} are read]",
    meaning: "No export of users or extensions is that wide.",
    cause: "A delimiter that was taken wrongly, or line ends that got lost.",
    hint: "Check the line ends, and name the delimiter with --delimiter"
  )
  static let tooManyRows = ReasonEntry(
    "too_many_rows",
    .refusal,
    .lost,
    summary: "The input has too many rows for one run",
    says: "there are more than {limit|row|rows}",
    meaning: "A run can hold only so many rows.",
    cause: "Far more rows than there can be extensions.",
    hint: "Split the input into several runs"
  )
}
