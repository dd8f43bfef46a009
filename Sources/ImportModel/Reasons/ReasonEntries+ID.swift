extension ReasonEntry {
  static let objectidMissing = ReasonEntry(
    "objectid_missing",
    .error,
    summary: "There is no user id",
    meaning: "Whose row it is cannot be told.",
    cause: "A person who is not in the system yet, or a column that was not filled in.",
    hint: "Fill in the user's id"
  )
  static let objectidWrongLength = ReasonEntry(
    "objectid_wrong_length",
    .error,
    .lost,
    summary: "The user id does not have 24 characters",
    says: "it has {number|character|characters}, {limit} are needed",
    meaning: "A user id is 24 hexadecimal digits.",
    cause: "A copy that lost some characters, or a value of another column.",
    hint: "Copy the whole id again"
  )
  static let objectidNotHex = ReasonEntry(
    "objectid_not_hex",
    .error,
    .suggested,
    summary: "The user id has a character that is not a hexadecimal digit",
    says: "{quoted} at position {number} is not one of 0-9 and a-f",
    meaning: "A user id is 24 hexadecimal digits.",
    cause: "A slip when typing, or a value of another column.",
    hint: "Copy the id again from where it comes from"
  )
  static let objectidExcelScientific = ReasonEntry(
    "objectid_excel_scientific",
    .error,
    .lost,
    summary: "A spreadsheet turned the user id into scientific notation",
    meaning: "Most of its digits are lost and cannot be had back from this input.",
    cause: "An id of digits only, or with one e, in a column that is not formatted as Text.",
    hint: "Export again with the column formatted as Text"
  )
  static let objectidRounded = ReasonEntry(
    "objectid_rounded",
    .error,
    .lost,
    summary: "The user id was rounded by a spreadsheet",
    says: "24 digits that end in {number|zero|zeros}: a spreadsheet rounded the id",
    meaning: "Spreadsheets keep 15 digits of a number; the others became zeros.",
    cause: "An id of digits only in a column that is not formatted as Text.",
    hint: "Export again without opening the file in a spreadsheet"
  )
  static let objectidDecimalSuffix = ReasonEntry(
    "objectid_decimal_suffix",
    .error,
    .lost,
    summary: "The user id was handled as a number and has decimals",
    meaning: "Digits of it are probably lost.",
    cause: "A program that reads the column as numbers.",
    hint: "Export again with the column as text"
  )
  static let objectidThousands = ReasonEntry(
    "objectid_thousands",
    .error,
    .lost,
    summary: "The user id was handled as a number and has thousands separators",
    meaning: "Digits of it are probably lost.",
    cause: "A spreadsheet column that is formatted as a number.",
    hint: "Export again with the column formatted as Text"
  )
  static let objectidWrapped = ReasonEntry(
    "objectid_wrapped",
    .note,
    .safe,
    summary: "The user id was taken out of ObjectId(...) or of extended JSON",
    meaning: "The id itself is used.",
    cause: "Exports of MongoDB's own tools.",
    hint: ReasonText.nothingToDo
  )
  static let objectid0x = ReasonEntry(
    "objectid_0x",
    .error,
    .safe,
    summary: "The user id begins with 0x",
    meaning: "The prefix is not part of the id.",
    cause: "A program that writes bytes as a hexadecimal number.",
    hint: "Remove 0x"
  )
  static let objectidSeparators = ReasonEntry(
    "objectid_separators",
    .error,
    .suggested,
    summary: "The user id has hyphens, spaces or the like between its digits",
    says: "{quoted} at position {number} does not belong into an id",
    meaning: "Whether the rest is the id is not certain.",
    cause: "A program that writes ids in groups, or a line break that became a space.",
    hint: "Write the 24 digits without anything between them"
  )
  static let objectidUppercase = ReasonEntry(
    "objectid_uppercase",
    .note,
    .safe,
    summary: "The user id is in upper case and was taken in lower case",
    meaning: "Both name the same user.",
    cause: "Programs that write hexadecimal digits in capitals.",
    hint: ReasonText.nothingToDo
  )
  static let objectidFullwidth = ReasonEntry(
    "objectid_fullwidth",
    .error,
    .safe,
    summary: "The user id is written in full-width characters",
    meaning: "They are other characters, though they read the same.",
    cause: "An East Asian input method.",
    hint: "Copy the id again in plain characters"
  )
  static let objectidLookalike = ReasonEntry(
    "objectid_lookalike",
    .error,
    .suggested,
    summary: "The user id has a letter that looks like a hexadecimal digit",
    says: "{quoted} at position {number} only looks like a hexadecimal digit",
    meaning: "The digit is probably meant, but that is a guess.",
    cause: "Typing from a printout, a scan, or a Cyrillic keyboard.",
    hint: "Copy the id again from where it comes from"
  )
  static let objectidUUID = ReasonEntry(
    "objectid_uuid",
    .error,
    .lost,
    summary: "This is a UUID and not a user id",
    meaning: "It names something in another system.",
    cause: "The id of a directory service in place of the user's own id.",
    hint: "Export the _id field of the user"
  )
  static let objectidBase64 = ReasonEntry(
    "objectid_base64",
    .error,
    .suggested,
    summary: "This looks like the base64 of a user id",
    meaning: "The id is probably meant, but that is a guess.",
    cause: "A program that writes bytes as base64.",
    hint: "Export the id as 24 hexadecimal digits"
  )
  static let objectidEmail = ReasonEntry(
    "objectid_email",
    .error,
    summary: "This is an e-mail address and not a user id",
    meaning: "Users are found by their id only.",
    cause: "The wrong column, or an export that names users by address.",
    hint: "Export the user's id, or choose its column with --map"
  )
  static let objectidNumber = ReasonEntry(
    "objectid_number",
    .error,
    summary: "This is a short number and not a user id",
    says: "a number of {number|digit|digits} and not a user id",
    meaning: "It may be an extension or the id of another system.",
    cause: "Columns that were swapped, or the wrong column.",
    hint: "Check that the columns stand under their headers, or choose them with --map"
  )
  static let objectidNull = ReasonEntry(
    "objectid_null",
    .error,
    .lost,
    summary: "The user id is all zeros",
    meaning: "No user has this id.",
    cause: "A program that writes it where there is no user.",
    hint: "Fill in the user's id"
  )
  static let objectidImplausibleTime = ReasonEntry(
    "objectid_implausible_time",
    .warning,
    summary: "The user id says that it was made before 2007 or after 2038-01-19",
    says: "the id says that it was made[ on {text}], which is not between 2007 and 2038-01-19",
    meaning: "An id begins with the time of its making; this one is kept, but may be wrong.",
    cause: "A damaged id, one made up for a test, or one of another system.",
    hint: "Check the id"
  )
}
