extension ReasonEntry {
  static let extensionMissing = ReasonEntry(
    "extension_missing",
    .error,
    summary: "There is no extension",
    meaning: "The row names nobody's extension, so there is nothing to assign.",
    cause: "A person who has none yet, or a column that was not filled in.",
    hint: "Fill it in, or say what empty cells mean with --on-blank"
  )
  static let extensionTooShort = ReasonEntry(
    "extension_too_short",
    .error,
    .suggested,
    summary: "The extension has too few digits",
    says: "it has {number|digit|digits}, at least {limit} are needed",
    meaning: "Extensions have 2 to 10 digits.",
    cause: "A spreadsheet that took a leading zero away.",
    hint: "Check whether a leading zero was lost"
  )
  static let extensionTooLong = ReasonEntry(
    "extension_too_long",
    .error,
    .suggested,
    summary: "The extension has too many digits",
    says: "it has {number|digit|digits}, at most {limit} are allowed",
    meaning: "Extensions have 2 to 10 digits.",
    cause: "A full phone number, or two numbers in one cell.",
    hint: "If it is a full phone number, give the internal extension"
  )
  static let extensionNotDigits = ReasonEntry(
    "extension_not_digits",
    .error,
    .suggested,
    summary: "The extension has a character that is not a digit",
    says: "{quoted} at position {number} is not a digit",
    meaning: "Extensions are made of the digits 0 to 9.",
    cause: "A slip when typing, or a value of another column.",
    hint: "Use the digits 0 to 9 only"
  )
  static let extensionLetters = ReasonEntry(
    "extension_letters",
    .error,
    .suggested,
    summary: "The extension has letters",
    says: "it has letters, the first[, {quoted},] at position {number}",
    meaning: "Extensions are made of the digits 0 to 9.",
    cause: "A name or a note in the column of extensions.",
    hint: "Use the digits 0 to 9 only, and check that the columns stand under their headers"
  )
  static let extensionLookalike = ReasonEntry(
    "extension_lookalike",
    .error,
    .suggested,
    summary: "The extension has a letter that looks like a digit",
    says: "{quoted} at position {number} is a letter that looks like a digit",
    meaning: "The digit is probably meant, but that is a guess.",
    cause: "Typing, or a scan that took 0 for O or 1 for l.",
    hint: "Replace the letter by the digit"
  )
  static let extensionSeparators = ReasonEntry(
    "extension_separators",
    .error,
    .suggested,
    summary: "The extension has spaces, dots, hyphens or the like between its digits",
    says: "{quoted} at position {number} does not belong between digits",
    meaning: "Whether this is one number or several is not certain.",
    cause: "Numbers written in groups to be read easily.",
    hint: "Write the digits without anything between them"
  )
  static let extensionPrefixWord = ReasonEntry(
    "extension_prefix_word",
    .error,
    .safe,
    summary: "A word such as ext or x, or a # stands before the extension",
    says: "[{quoted} ]stands before the extension",
    meaning: "It is not part of the extension.",
    cause: "Lists made for people to read.",
    hint: "Remove what stands before the digits"
  )
  static let extensionPhoneNumber = ReasonEntry(
    "extension_phone_number",
    .error,
    .lost,
    summary: "This looks like a full phone number and not like an extension",
    says:
      "this looks like a full phone number[ of {number|digit|digits}] and not like an extension",
    meaning: "An extension is the short internal number, 2 to 10 digits.",
    cause: "The column of direct numbers in place of the one of extensions.",
    hint: "Give the internal extension"
  )
  static let extensionPlusSign = ReasonEntry(
    "extension_plus_sign",
    .error,
    .lost,
    summary: "The extension begins with a plus sign",
    meaning: "Only international phone numbers do, and extensions are internal.",
    cause: "An export that writes every number like a phone number.",
    hint: "Give the internal extension without a plus sign"
  )
  static let extensionExcelScientific = ReasonEntry(
    "extension_excel_scientific",
    .error,
    .lost,
    summary: "A spreadsheet turned the number into scientific notation",
    meaning: "Unless all digits are still shown, the number is lost.",
    cause: "A long number in a column that is not formatted as Text.",
    hint: "Format the column as Text and export again"
  )
  static let extensionDecimalSuffix = ReasonEntry(
    "extension_decimal_suffix",
    .error,
    .safe,
    summary: "The extension ends in decimals that are zero",
    meaning: "They come of handling text as a number and are not part of it.",
    cause: "A program that reads the column as numbers, such as pandas with empty cells.",
    hint: "Export the column as text"
  )
  static let extensionFraction = ReasonEntry(
    "extension_fraction",
    .error,
    .lost,
    summary: "The extension has decimals",
    meaning: "An extension is a row of digits and not a number with decimals.",
    cause: "A value of another column, or a calculated cell.",
    hint: "Use the digits 0 to 9 only"
  )
  static let extensionThousands = ReasonEntry(
    "extension_thousands",
    .error,
    .suggested,
    summary: "The extension is written with thousands separators",
    meaning: "Whether this is one number or several is not certain.",
    cause: "A spreadsheet column that is formatted as a number.",
    hint: "Format the column as Text and export again"
  )
  static let extensionCurrencyPercent = ReasonEntry(
    "extension_currency_percent",
    .error,
    .suggested,
    summary: "The extension is written as an amount of money or as percent",
    meaning: "The format of the cell changed what was exported.",
    cause: "A spreadsheet column with a currency or percent format.",
    hint: "Format the column as Text and export again"
  )
  static let extensionNegative = ReasonEntry(
    "extension_negative",
    .error,
    .suggested,
    summary: "The extension is written as a negative number",
    meaning: "Extensions have no sign.",
    cause: "A hyphen before the number, or a spreadsheet's format for accounts.",
    hint: "Format the column as Text and export again"
  )
  static let extensionDate = ReasonEntry(
    "extension_date",
    .error,
    .lost,
    summary: "The extension became a date",
    meaning: "What was typed cannot be told from the date for certain.",
    cause: "A spreadsheet that takes 2-1 or 1/2 for a day.",
    hint: "Format the column as Text, type the extensions again and export"
  )
  static let extensionTime = ReasonEntry(
    "extension_time",
    .error,
    .lost,
    summary: "The extension became a time of day",
    meaning: "What was typed cannot be told from the time for certain.",
    cause: "A spreadsheet that takes digits with a colon for a time.",
    hint: "Format the column as Text, type the extensions again and export"
  )
  static let extensionFullwidth = ReasonEntry(
    "extension_fullwidth",
    .error,
    .safe,
    summary: "The extension is written in full-width digits",
    meaning: "They are other characters than 0 to 9, though they read the same.",
    cause: "An East Asian input method.",
    hint: "Type plain digits"
  )
  static let extensionOtherDigits = ReasonEntry(
    "extension_other_digits",
    .error,
    .safe,
    summary: "The extension is written in digits of another script",
    meaning: "They are other characters than 0 to 9, though they mean the same.",
    cause: "A keyboard or a system set to another script.",
    hint: "Type the digits 0 to 9"
  )
  static let extensionSuperscript = ReasonEntry(
    "extension_superscript",
    .error,
    .suggested,
    summary: "The extension has raised, lowered or circled digits",
    says: "{quoted} at position {number} is a raised, lowered or circled digit",
    meaning: "They may be a footnote and not part of the extension.",
    cause: "Text from a document or a list with numbers.",
    hint: "Type plain digits"
  )
  static let extensionRange = ReasonEntry(
    "extension_range",
    .error,
    .lost,
    summary: "Several extensions stand where one is expected",
    meaning: "A row assigns one extension to one user.",
    cause: "A list or a range in one cell.",
    hint: "Write one row for each extension"
  )
  static let extensionLeadingZero = ReasonEntry(
    "extension_leading_zero",
    .note,
    summary: "The extension begins with 0, which is kept",
    meaning: "0123 and 123 are different extensions.",
    cause: "Sites whose numbers begin with 0.",
    hint: ReasonText.nothingToDo
  )
  static let extensionLeadingZeroLost = ReasonEntry(
    "extension_leading_zero_lost",
    .warning,
    .suggested,
    summary: "A leading zero was probably lost",
    says: "it has {number|digit|digits} where most others have {limit} and some begin with 0",
    meaning: "The row is kept as it is, but another extension may be meant.",
    cause: "A spreadsheet that handled the column as numbers.",
    hint: "Format the column as Text and export again"
  )
  static let extensionLengthUnusual = ReasonEntry(
    "extension_length_unusual",
    .warning,
    summary: "The extension has another length than nearly all others",
    says: "it has {number|digit|digits}[, while {text}% of all have {limit}]",
    meaning: "The row is kept as it is.",
    cause: "A digit too many or too few, or a number of another kind.",
    hint: "Check the number"
  )
  static let extensionReserved = ReasonEntry(
    "extension_reserved",
    .error,
    summary: "The extension is reserved",
    meaning: "Nobody may have it, as is right for emergency and service numbers.",
    cause: "A number from the list given with --reserved.",
    hint: "Choose another extension"
  )
  static let extensionOutsideRange = ReasonEntry(
    "extension_outside_range",
    .error,
    summary: "The extension is outside the ranges that may be given",
    says: "it is outside the ranges that may be given[: {text}]",
    meaning: "Only extensions in the ranges given with --range are assigned.",
    cause: "A number of another site, or a slip when typing.",
    hint: "Choose another extension, or change --range"
  )
  static let extensionRecentlyReleased = ReasonEntry(
    "extension_recently_released",
    .warning,
    summary: "Another user had the extension until recently",
    says: "another user had it[ until {text}]",
    meaning: "Calls for that user may reach the new one.",
    cause: "A number that is given again soon after somebody left.",
    hint: "Check that nobody still calls the former user under it"
  )
}
