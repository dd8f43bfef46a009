extension ReasonEntry {
  static let delimiterAmbiguous = ReasonEntry(
    "delimiter_ambiguous", .refusal,
    summary: "The delimiter cannot be told for certain",
    says: "the delimiter cannot be told for certain[; it may be {text}]",
    meaning: "Several characters divide the rows equally well.",
    cause: "Few columns, or text that is full of commas and semicolons.",
    hint: "Name the character with --delimiter"
  )
  static let sepDirective = ReasonEntry(
    "sep_directive", .note,
    summary: "The first line names the delimiter and was used",
    says: "the first line names the delimiter[ {quoted}]; it was used",
    meaning: "A line such as sep=; is not data.",
    cause: "Exports for Excel write it.",
    hint: "Nothing needs to be done"
  )
  static let lineEndingsMixed = ReasonEntry(
    "line_endings_mixed", .warning, .safe,
    summary: "The lines of the input end in different ways",
    meaning: "All of them were understood.",
    cause: "Parts from different systems that were joined, or an edit on another system.",
    hint: "Check that the parts of the input belong together"
  )
  static let raggedRowShort = ReasonEntry(
    "ragged_row_short", .error, .suggested,
    summary: "The row has fewer fields than the header",
    says: "the row has {number|field|fields}, the header has {limit}",
    meaning: "It is not certain which value belongs to which column.",
    cause: "A missing delimiter, or a line break inside a value that is not in quotes.",
    hint: "Add the missing delimiter, or put the broken value in quotes"
  )
  static let raggedRowLong = ReasonEntry(
    "ragged_row_long", .error, .suggested,
    summary: "The row has more fields than the header",
    says: "the row has {number|field|fields}, the header has {limit}",
    meaning: "It is not certain which value belongs to which column.",
    cause: "A value that contains the delimiter and is not in quotes.",
    hint: "Put the value that contains the delimiter in quotes"
  )
  static let trailingDelimiter = ReasonEntry(
    "trailing_delimiter", .note, .safe,
    summary: "Empty fields beyond the header were left out",
    meaning: "They held nothing.",
    cause: "Rows that end in a delimiter, or empty columns of a spreadsheet.",
    hint: "Nothing needs to be done"
  )
  static let unterminatedQuote = ReasonEntry(
    "unterminated_quote", .error, .suggested,
    summary: "A quote is opened and never closed",
    says: "the quote opened[ on line {number}] is never closed",
    meaning: "Where the value ends is not certain, so the row is rejected.",
    cause: "A single quotation mark in a value, such as one for inches.",
    hint: "Close the quote, or double the quotation mark inside the value"
  )
  static let strayQuote = ReasonEntry(
    "stray_quote", .error, .suggested,
    summary: "There is a quote inside a value that is not in quotes",
    meaning: "What belongs to the value is not certain, so the row is rejected.",
    cause: "A quotation mark in a value that the export did not put in quotes.",
    hint: "Put the whole value in quotes and double the quotation mark inside"
  )
  static let textAfterQuote = ReasonEntry(
    "text_after_quote", .error, .suggested,
    summary: "Text follows a closing quote",
    meaning: "What belongs to the value is not certain, so the row is rejected.",
    cause: "A quotation mark inside a quoted value that was not doubled.",
    hint: "Double the quotation mark inside the value"
  )
  static let multilineField = ReasonEntry(
    "multiline_field", .warning, .suggested,
    summary: "The value has a line break in it",
    meaning: "The row is kept as it is.",
    cause: "Text that was pasted with its line break.",
    hint: "Remove the line break"
  )
  static let blankRow = ReasonEntry(
    "blank_row", .note, .safe,
    summary: "Blank rows were skipped",
    says: "[{number} ]blank rows were skipped",
    meaning: "They hold no data.",
    cause: "Empty lines between or after the rows of a spreadsheet.",
    hint: "Nothing needs to be done"
  )
  static let repeatedHeader = ReasonEntry(
    "repeated_header", .warning, .safe,
    summary: "The header appears again among the rows and was skipped",
    says: "the header appears again among the rows[, {number|time|times}]; it was skipped",
    meaning: "The line is not data.",
    cause: "Several exports that were joined with their headers.",
    hint: "Check that the joined parts have the same columns"
  )
  static let titleRow = ReasonEntry(
    "title_row", .warning, .safe,
    summary: "Lines before the header were skipped",
    says: "[{number|line|lines} ]before the header: skipped",
    meaning: "They are a title or remarks and not data.",
    cause: "Reports that put a title and a date above the table.",
    hint: "Remove the lines above the header"
  )
  static let footerRow = ReasonEntry(
    "footer_row", .warning, .suggested,
    summary: "Lines at the end read like a total and were skipped",
    says: "[{number|line|lines} ]at the end like a total: skipped",
    meaning: "They sum the rows up and are not data.",
    cause: "Reports that put totals below the table.",
    hint: "Remove the lines below the last row"
  )
  static let commentRow = ReasonEntry(
    "comment_row", .note, .safe,
    summary: "Comment lines were skipped",
    says: "[{number} ]comment lines were skipped",
    meaning: "Lines that begin with # above the table are not data.",
    cause: "Tools that write remarks into their exports.",
    hint: "Nothing needs to be done"
  )

  static let headerMissing = ReasonEntry(
    "header_missing", .refusal,
    summary: "The first row looks like data and not like a header",
    meaning: "Without names it is not certain which column holds what.",
    cause: "An export without a header.",
    hint: "Add a header, or say --no-header and name the columns by number with --map"
  )
  static let columnMissing = ReasonEntry(
    "column_missing", .refusal,
    summary: "A column that is needed was not found",
    says: "no column holds it[; found: {text}]",
    meaning: "Rows cannot be read without it.",
    cause: "A column under an unusual name, or one that was left out of the export.",
    hint: "[Did you mean {suggested}? ]Name the column with --map"
  )
  static let columnUnknown = ReasonEntry(
    "column_unknown", .warning,
    summary: "A column is not used",
    says: "column {quoted} is not used",
    meaning: "Its values are neither checked nor recorded.",
    cause: "Exports hold more than an import needs; or the name is misspelt.",
    hint: "[Did you mean {suggested}? ]If it is needed, name it with --map"
  )
  static let columnDuplicate = ReasonEntry(
    "column_duplicate", .refusal,
    summary: "Two columns have the same name",
    says: "column {quoted} appears[ {number} times] more than once",
    meaning: "Which of them counts is not ours to guess.",
    cause: "Tables that were joined side by side.",
    hint: "Rename or remove one of them, or choose by number with --map"
  )
  static let columnAmbiguous = ReasonEntry(
    "column_ambiguous", .refusal,
    summary: "Several columns may hold the same field",
    says: "several columns may hold it[: {text}]",
    meaning: "Which of them counts is not ours to guess.",
    cause: "Exports with several ids or several extensions a person.",
    hint: "Choose one with --map"
  )
  static let columnEmpty = ReasonEntry(
    "column_empty", .refusal, .lost,
    summary: "A column that is needed has no values",
    says: "column[ {quoted}] has no values",
    meaning: "Every row would be rejected.",
    cause: "The wrong export, or a user without the right to see the values.",
    hint: "Export again with the values, or choose another column with --map"
  )
  static let columnsSwapped = ReasonEntry(
    "columns_swapped", .refusal, .suggested,
    summary: "The columns of ids and extensions are swapped",
    says: "ids stand in the column of extensions and extensions in that of ids[: {text}]",
    meaning: "Every row would be rejected.",
    cause: "Headers that were exchanged, or a mapping the wrong way round.",
    hint: "Swap the headers, or name the columns with --map"
  )
  static let headerHiddenChars = ReasonEntry(
    "header_hidden_chars", .note, .safe,
    summary: "Characters that cannot be seen were removed from a header",
    says: "characters that cannot be seen were removed from the header[ {quoted}]",
    meaning: "The column is read under its visible name.",
    cause: "Headers that were copied from a web page or a document.",
    hint: "Nothing needs to be done"
  )
  static let mapInvalid = ReasonEntry(
    "map_invalid", .refusal,
    summary: "A mapping names a column that does not exist",
    says: "the input has no column[ {quoted}]",
    meaning: "The mapping cannot be followed.",
    cause: "A misspelt name in --map, or another input than the mapping was made for.",
    hint: "[Did you mean {suggested}? ]Check the names given with --map"
  )

  static let xmlNotWellFormed = ReasonEntry(
    "xml_not_well_formed", .refusal, .lost,
    summary: "The XML is not well formed",
    meaning: "The text breaks a rule of XML, so nothing after it can be read.",
    cause: "An export program with a fault, or an edit by hand.",
    hint: "Correct the place that is named, or export again"
  )
  static let xmlTruncated = ReasonEntry(
    "xml_truncated", .refusal, .lost,
    summary: "The XML ends before its last element is closed",
    says: "the XML ends[ inside <{text}>] before its last element is closed",
    meaning: "The end of the input is missing, and with it an unknown number of rows.",
    cause: "A download that was interrupted, or an export that was still being written.",
    hint: "Fetch the whole file again"
  )
  static let xmlDoctypeForbidden = ReasonEntry(
    "xml_doctype_forbidden", .refusal, .lost,
    summary: "Document type declarations are not accepted",
    meaning: "They can make a reader open other files or use up all memory.",
    cause: "An export program that writes a DOCTYPE line.",
    hint: "Export without a DTD, or remove the DOCTYPE line"
  )
  static let xmlEntityForbidden = ReasonEntry(
    "xml_entity_forbidden", .refusal, .lost,
    summary: "An entity that XML does not define itself is not accepted",
    says: "the entity[ {quoted}] is not accepted",
    meaning: "Only the five entities of XML and character references are resolved.",
    cause: "Entities of HTML such as nbsp, or ones declared in a DTD.",
    hint: "Write the character itself"
  )
  static let xmlEncodingConflict = ReasonEntry(
    "xml_encoding_conflict", .refusal, .suggested,
    summary: "The XML declares another encoding than it uses",
    meaning: "Letters beyond ASCII would be read wrongly.",
    cause: "A file that was converted while its first line was kept.",
    hint: "Correct the encoding in the first line, or say it with --encoding"
  )
  static let xmlInvalidChar = ReasonEntry(
    "xml_invalid_char", .error, .suggested,
    summary: "There is a character that XML does not allow",
    says: "there is a character[ 0x{byte}] that XML does not allow",
    meaning: "The row's text is damaged, so the row is rejected.",
    cause: "Control characters from a database that the export did not remove.",
    hint: "Remove the control character at its source"
  )
  static let xmlNoRecords = ReasonEntry(
    "xml_no_records", .refusal,
    summary: "No element of the XML holds a row",
    meaning: "Where the rows are was not found.",
    cause: "Another structure than expected, or a record path that matches nothing.",
    hint: "[Did you mean {suggested}? ]Name the path of one row with --record-path"
  )
  static let xmlFieldMissing = ReasonEntry(
    "xml_field_missing", .error, .lost,
    summary: "The record has no such element or attribute",
    meaning: "A value that every row needs is not there.",
    cause: "Exports that leave out what is empty.",
    hint: "Add the element or attribute to the record"
  )
  static let xmlFieldRepeated = ReasonEntry(
    "xml_field_repeated", .error, .suggested,
    summary: "The record has the element more than once",
    says: "the record has the element[ {number} times,] more than once",
    meaning: "Which of the values counts is not ours to guess.",
    cause: "Lists of values where one is expected.",
    hint: "Keep one of the elements, or choose another with --map"
  )
  static let xmlFieldNested = ReasonEntry(
    "xml_field_nested", .error, .suggested,
    summary: "The element contains other elements where text is expected",
    meaning: "There is no single value to read.",
    cause: "Structured data, such as an address, under the name of a field.",
    hint: "Choose the inner element with --map"
  )
  static let xmlUnknownElement = ReasonEntry(
    "xml_unknown_element", .warning,
    summary: "An element is not used",
    says: "<{text}> is not used",
    meaning: "Its values are neither checked nor recorded.",
    cause: "Exports hold more than an import needs; or the name is misspelt.",
    hint: "[Did you mean {suggested}? ]If it is needed, name it with --map"
  )
  static let xmlNamespace = ReasonEntry(
    "xml_namespace", .warning,
    summary: "Names of elements are read without their namespace",
    meaning: "Elements of different namespaces with the same name count as the same.",
    cause: "Exports that follow a schema.",
    hint: "Check that the columns that were found are the right ones"
  )
  static let xmlTooDeep = ReasonEntry(
    "xml_too_deep", .refusal, .lost,
    summary: "The XML is nested too deeply",
    says: "the XML is nested more than[ {limit}] levels deep",
    meaning: "No export of users or extensions looks like this.",
    cause: "Another kind of document, or one made to do harm.",
    hint: "Choose the exported file"
  )
  static let xmlTextTooLong = ReasonEntry(
    "xml_text_too_long", .error, .lost,
    summary: "The text of an element is longer than the limit",
    says: "the text of an element has more than {limit|byte|bytes}",
    meaning: "The row was not read any further.",
    cause: "Pictures or documents inside the export.",
    hint: "Export without attachments; --max-field-bytes raises the limit"
  )
}
