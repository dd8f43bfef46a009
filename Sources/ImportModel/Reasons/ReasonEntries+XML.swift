extension ReasonEntry {
  static let xmlNotWellFormed = ReasonEntry(
    "xml_not_well_formed",
    .refusal,
    .lost,
    summary: "The XML is not well formed",
    meaning: "The text breaks a rule of XML, so nothing after it can be read.",
    cause: "An export program with a fault, or an edit by hand.",
    hint: "Correct the place that is named, or export again"
  )
  static let xmlTruncated = ReasonEntry(
    "xml_truncated",
    .refusal,
    .lost,
    summary: "The XML ends before its last element is closed",
    says: "the XML ends[ inside <{text}>] before its last element is closed",
    meaning: "The end of the input is missing, and with it an unknown number of rows.",
    cause: "A download that was interrupted, or an export that was still being written.",
    hint: "Fetch the whole file again"
  )
  static let xmlDoctypeForbidden = ReasonEntry(
    "xml_doctype_forbidden",
    .refusal,
    .lost,
    summary: "Document type declarations are not accepted",
    meaning: "They can make a reader open other files or use up all memory.",
    cause: "An export program that writes a DOCTYPE line.",
    hint: "Export without a DTD, or remove the DOCTYPE line"
  )
  static let xmlEntityForbidden = ReasonEntry(
    "xml_entity_forbidden",
    .refusal,
    .lost,
    summary: "An entity that XML does not define itself is not accepted",
    says: "the entity[ {quoted}] is not accepted",
    meaning: "Only the five entities of XML and character references are resolved.",
    cause: "Entities of HTML such as nbsp, or ones declared in a DTD.",
    hint: "Write the character itself"
  )
  static let xmlEncodingConflict = ReasonEntry(
    "xml_encoding_conflict",
    .refusal,
    .suggested,
    summary: "The XML declares another encoding than it uses",
    says: "the XML declares the encoding {quoted} and is {suggestion}",
    meaning: "Letters beyond ASCII would be read wrongly.",
    cause: "A file that was converted while its first line was kept.",
    hint: "Correct the encoding in the first line[ to {suggestion}], or say it with --encoding"
  )
  static let xmlInvalidChar = ReasonEntry(
    "xml_invalid_char",
    .refusal,
    .lost,
    summary: "There is a character that XML does not allow",
    says: "there is a character[ 0x{byte}] that XML does not allow",
    meaning: "Such XML is not well formed, so nothing after the character can be read.",
    cause: "Control characters from a database that the export did not remove.",
    hint: "Remove the control character at its source"
  )
  static let xmlNoRecords = ReasonEntry(
    "xml_no_records",
    .refusal,
    summary: "No element of the XML holds a row",
    says: "no element of the XML holds a row[, and none is at {quoted}][; found: {suggestion}]",
    meaning: "No element has the columns that a row of users or extensions needs.",
    cause: "Another structure than expected, or a record path that matches nothing.",
    hint: "Name the path of one row with --record-path"
  )
  static let xmlFieldMissing = ReasonEntry(
    "xml_field_missing",
    .error,
    .lost,
    summary: "The record has no such element or attribute",
    meaning: "A value that every row needs is not there.",
    cause: "Exports that leave out what is empty.",
    hint: "Add the element or attribute; --on-blank says what a missing extension means"
  )
  static let xmlFieldRepeated = ReasonEntry(
    "xml_field_repeated",
    .error,
    .suggested,
    summary: "The record has the element more than once",
    says: "the record has the element[ {number} times], where one is expected",
    meaning: "Which of the values counts is not ours to guess.",
    cause: "Lists of values where one is expected.",
    hint: "Keep one of the elements, or choose another with --map"
  )
  static let xmlFieldNested = ReasonEntry(
    "xml_field_nested",
    .error,
    .suggested,
    summary: "The element contains other elements where text is expected",
    meaning: "There is no single value to read.",
    cause: "Structured data, such as an address, under the name of a field.",
    hint: "Give the record one plain text there, or choose another element with --map"
  )
  static let xmlUnknownElement = ReasonEntry(
    "xml_unknown_element",
    .warning,
    summary: "An element is not used",
    says: "<{text}> is not used[; it looks like {number|row|rows}]",
    meaning: "Its values are neither checked nor recorded.",
    cause: "Exports hold more than an import needs, such as a second list; or a misspelt name.",
    hint: "[Did you mean {suggested}? ]If it is needed, name it with --map, rows with --record-path"
  )
  static let xmlNamespace = ReasonEntry(
    "xml_namespace",
    .note,
    summary: "Names of elements are read without their namespace",
    says: "names of elements are read without their namespace[ {quoted}]",
    meaning: "Elements of different namespaces with the same name count as the same.",
    cause: "Exports that follow a schema.",
    hint: "Check that the columns that were found are the right ones"
  )
  static let xmlTooDeep = ReasonEntry(
    "xml_too_deep",
    .refusal,
    .lost,
    summary: "The XML is nested too deeply",
    says: "the XML is nested more than[ {limit}] levels deep[, at <{text}>]",
    meaning: "No export of users or extensions looks like this.",
    cause: "Another kind of document, or one made to do harm.",
    hint: "Choose the exported file"
  )
  static let xmlTextTooLong = ReasonEntry(
    "xml_text_too_long",
    .error,
    .lost,
    summary: "The text of an element, or a tag, is longer than the limit",
    says: "the text of an element, or a tag, has more than {limit|byte|bytes}",
    meaning: "The row's values were not looked at, so the row is rejected.",
    cause: "Pictures or documents inside the export.",
    hint:
      "Export without attachments; --max-field-bytes raises the limit, that of a tag --max-row-bytes"
  )
}
