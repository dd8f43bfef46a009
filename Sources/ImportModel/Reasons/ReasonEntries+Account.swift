extension ReasonEntry {
  static let emailNotMatched = ReasonEntry(
    "email_not_matched",
    .error,
    summary: "No extension has the user's e-mail address",
    meaning:
      "With --match email a row without an extension gets the one that the extensions export "
      + "shows under the same address, and there is none.",
    cause: "Somebody without an extension, or an address that is written differently there.",
    hint: "Correct the address, give the extension in the row, or use --on-blank skip"
  )
  static let emailAmbiguous = ReasonEntry(
    "email_ambiguous",
    .error,
    summary: "Several extensions have the user's e-mail address",
    says: "{number|extension has|extensions have} this address",
    meaning: "Which of them is meant cannot be told, so none is given.",
    cause: "A person with two extensions, or a shared mailbox.",
    hint: "Give the extension in the row"
  )
  static let extensionTargetLimit = ReasonEntry(
    "extension_target_limit",
    .error,
    summary: "The extension is longer than the target allows",
    says: "the target takes at most {limit|digit|digits}[, this has {number}]",
    meaning: "RingCentral's extensions have 8 digits at most, with the code of their site.",
    cause: "Numbers of another system, which allows longer ones.",
    hint: "Choose a shorter number"
  )
  static let licenceLimit = ReasonEntry(
    "licence_limit",
    .error,
    summary: "The account has no unassigned extension left for the row",
    says: "the account has no unassigned extension left for this row[: {text}]",
    meaning: "A person without an extension gets one that is nobody's; the rows before took all.",
    cause: "Fewer licences than people in the input, or none at their site.",
    hint: "Have extensions added to the account, or leave rows out"
  )
  static let fieldMissingForTarget = ReasonEntry(
    "field_missing_for_target",
    .error,
    summary: "The target needs a value that the row does not have",
    meaning: "RingCentral gives an extension only to somebody with a first name, a last name and "
      + "an e-mail address.",
    cause: "An assignment list without names, or a name that stands whole in one column.",
    hint: "Add the column, or fill in the value"
  )
  static let fieldTooLongForTarget = ReasonEntry(
    "field_too_long_for_target",
    .error,
    summary: "A value is longer than the target allows",
    says: "the target takes at most {limit|character|characters}[, this has {number}]",
    meaning: "RingCentral refuses names of more than 64 and addresses of more than 254 characters.",
    cause: "Several names, or a note, in one cell.",
    hint: "Shorten the value"
  )
  static let emailTaken = ReasonEntry(
    "email_taken",
    .error,
    summary: "The e-mail address is on an extension that cannot be this person's",
    says: "the address is on {text}",
    meaning: "A person is recognised by the address. It is on an extension that is not a person's, "
      + "or on several, so that it cannot be told which to change.",
    cause: "A queue or a shared line with a personal address, or an account with double entries.",
    hint: "Change the address at RingCentral or in the row"
  )
  static let emailRepeated = ReasonEntry(
    "email_repeated",
    .error,
    summary: "Several rows have the same e-mail address",
    says: "the address also stands in {rows}",
    meaning: "RingCentral recognises a person by the address, and these are different users.",
    cause: "A shared mailbox, or a row that was copied and not changed.",
    hint: "Give each person an address of their own"
  )

  static let forbidden = ReasonEntry(
    "forbidden",
    .refusal,
    error: .unauthorized,
    summary: "The target does not let this user or app change extensions",
    says: "the target does not allow it[: {text}]",
    meaning: "Nothing more was sent; rows that were settled before stay settled.",
    cause: "An app without EditExtensions or ReadAccounts, or a user who is not an administrator.",
    hint: "Give the app and the user the right to do it, then go on with rcimport resume"
  )
  static let conflictAtTarget = ReasonEntry(
    "conflict_at_target",
    .error,
    summary: "Somebody else changed the extension meanwhile",
    says: "somebody else changed the extension meanwhile[: {text}]",
    meaning: "The row was not sent, so that nothing of theirs is overwritten.",
    cause: "Work in the admin portal, or another program, while the run was going on.",
    hint: "Look at the account, then go on with rcimport resume, which plans the row again"
  )
  static let verifyMismatch = ReasonEntry(
    "verify_mismatch",
    .error,
    error: .server,
    summary: "The target said yes, but shows something else",
    says: "the target said yes, but shows something else[: {text}]",
    meaning: "Each extension is read back; this one is not as it was asked for.",
    cause: "A change that RingCentral takes without making it, or somebody else's change.",
    hint: "Look at the extension in the admin portal, then go on with rcimport resume"
  )
  static let credentialsRefused = ReasonEntry(
    "credentials_refused",
    .error,
    summary: "The target refused the password or PIN",
    says: "the target refused the password or PIN[: {text}]",
    meaning: "Nothing was changed for the row.",
    cause: "A password that is too simple, or an account whose people sign in elsewhere.",
    hint: "Choose another one, or leave the column out"
  )
  static let directoryNotUpdated = ReasonEntry(
    "directory_not_updated",
    .error,
    error: .server,
    summary: "The extension was given, but the directory does not know it yet",
    says: "the extension was given, but the directory does not know it yet[: {text}]",
    meaning: "The first target took the row; the second, which records it, did not.",
    cause: "A second target that is down, or does not know the user.",
    hint: "Go on with rcimport resume, which only does what is missing"
  )
}
