extension ReasonEntry {
  static let headerMissing = ReasonEntry(
    "header_missing",
    .refusal,
    summary: "The first row looks like data and not like a header",
    meaning: "Without names it is not certain which column holds what.",
    cause: "An export without a header.",
    hint: "Add a header, or say --no-header and name the columns by number with --map"
  )
  static let columnMissing = ReasonEntry(
    "column_missing",
    .refusal,
    summary: "A column that is needed was not found",
    says: "no column holds it[; found: {text}]",
    meaning: "Rows cannot be read without it.",
    cause: "A column under an unusual name, or one that was left out of the export.",
    hint: "[Did you mean {suggested}? ]Name the column with --map"
  )
  static let columnUnknown = ReasonEntry(
    "column_unknown",
    .warning,
    summary: "A column is not used",
    says: "column {quoted} is not used",
    meaning: "Its values are neither checked nor recorded.",
    cause: "Exports hold more than an import needs; or the name is misspelt.",
    hint: "[Did you mean {suggested}? ]If it is needed, name it with --map"
  )
  static let columnDuplicate = ReasonEntry(
    "column_duplicate",
    .refusal,
    summary: "Two columns have the same name",
    says: "column {quoted} appears[ {number} times], where one is expected",
    meaning: "Which of them counts is not ours to guess.",
    cause: "Tables that were joined side by side.",
    hint: "Rename or remove one of them, or choose by number with --map"
  )
  static let columnAmbiguous = ReasonEntry(
    "column_ambiguous",
    .refusal,
    summary: "Several columns may hold the same field",
    says: "several columns may hold it[: {text}]",
    meaning: "Which of them counts is not ours to guess.",
    cause: "Exports with several ids or several extensions a person.",
    hint: "Choose one with --map"
  )
  static let columnEmpty = ReasonEntry(
    "column_empty",
    .refusal,
    .lost,
    summary: "A column that is needed has no values",
    says: "column[ {quoted}] has no values",
    meaning: "Every row would be rejected.",
    cause: "The wrong export, or a user without the right to see the values.",
    hint: "Export again with the values, or choose another column with --map"
  )
  static let columnsSwapped = ReasonEntry(
    "columns_swapped",
    .refusal,
    .suggested,
    summary: "The columns of ids and extensions are swapped",
    says: "ids stand in the column of extensions and extensions in that of ids[: {text}]",
    meaning: "Every row would be rejected.",
    cause: "Headers that were exchanged, or a mapping the wrong way round.",
    hint: "Swap the headers, or name the columns with --map"
  )
  static let headerHiddenChars = ReasonEntry(
    "header_hidden_chars",
    .note,
    .safe,
    summary: "Characters that cannot be seen were removed from a header",
    says: "characters that cannot be seen were removed from the header[ {quoted}]",
    meaning: "The column is read under its visible name.",
    cause: "Headers that were copied from a web page or a document.",
    hint: ReasonText.nothingToDo
  )
  static let mapInvalid = ReasonEntry(
    "map_invalid",
    .refusal,
    summary: "A mapping names a column that does not exist",
    says: "the input has no column[ {text}]",
    meaning: "The mapping cannot be followed.",
    cause: "A misspelt name in --map, or another input than the mapping was made for.",
    hint: "[Did you mean {suggested}? ]Check the names given with --map"
  )
}
