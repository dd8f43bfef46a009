extension ReasonEntry {
  static let duplicateRow = ReasonEntry(
    "duplicate_row",
    .warning,
    .safe,
    summary: "Another row gives the user the same extension already",
    says: "the user gets the same extension in {row}; only that row is applied",
    meaning: "User and extension are the same in both rows; what else stands in this one is not "
      + "recorded.",
    cause: "Rows that were copied, or files that overlap.",
    hint: "Remove one of the rows"
  )
  static let duplicateInFile = ReasonEntry(
    "duplicate_in_file",
    .error,
    summary: "Several rows want the same extension",
    says: "the extension is also claimed by {rows}",
    meaning: "An extension belongs to one user, so none of the rows is applied.",
    cause: "Two people with one number, or a number that was typed wrongly.",
    hint: "Keep one of the rows, or choose with --on-duplicate"
  )
  static let duplicateAcrossFiles = ReasonEntry(
    "duplicate_across_files",
    .error,
    summary: "Rows of several inputs want the same extension",
    says: "the extension is also claimed by {rows}",
    meaning: "An extension belongs to one user, so none of the rows is applied.",
    cause: "Inputs that overlap, such as an old and a new list.",
    hint: "Keep one of the rows, or choose with --on-duplicate"
  )
  static let duplicateAfterRepair = ReasonEntry(
    "duplicate_after_repair",
    .error,
    summary: "After a repair several rows want the same extension",
    says: "after a repair it is the same number as in {rows}",
    meaning: "The rows differ as they stand, so one of them was probably damaged.",
    cause: "The same number in two ways of writing, or one that lost a character.",
    hint: "Check the rows as they stand in the input and correct one"
  )
  static let duplicateZeroVariant = ReasonEntry(
    "duplicate_zero_variant",
    .warning,
    summary: "Another row has the same extension but for leading zeros",
    says: "it differs from {quoted} in row {number} by leading zeros only",
    meaning: "Both are kept as different extensions.",
    cause: "A spreadsheet that took leading zeros away from some of the rows.",
    hint: "Check whether leading zeros were lost"
  )
  static let userRepeatedConflict = ReasonEntry(
    "user_repeated_conflict",
    .error,
    summary: "The user appears with different extensions",
    says: "the user appears with different extensions[: {text}]",
    meaning: "A user has one extension, so none of the rows is applied.",
    cause: "A person with two numbers, or an id that was copied to the wrong row.",
    hint: "Keep one row for each user, or choose with --on-duplicate"
  )
  static let blockedByRow = ReasonEntry(
    "blocked_by_row",
    .error,
    summary: "The extension should be released by a row that was rejected",
    says: "the extension should be released by {row}, which was rejected",
    meaning: "Its present user keeps it, so it cannot be given to another.",
    cause: "A mistake in the other row.",
    hint: "Correct the other row first"
  )
  static let inCycle = ReasonEntry(
    "in_cycle",
    .note,
    summary: "The row is part of a swap of extensions",
    says: "the row is part of a swap of extensions among {number|user|users}",
    meaning: "A store applies all rows of the swap together; a target that takes one row at a time "
      + "needs a spare extension for it.",
    cause: "People who exchange their numbers.",
    hint: "For a target, name an extension that nobody has with --spare"
  )
  static let inChain = ReasonEntry(
    "in_chain",
    .note,
    summary: "The extension is released by another row first",
    says: "the extension is released by {row} first",
    meaning: "The rows are applied in the right order.",
    cause: "People who move to another number in the same run.",
    hint: ReasonText.nothingToDo
  )

  static let userNotFound = ReasonEntry(
    "user_not_found",
    .error,
    error: .userNotFound,
    summary: "There is no such user",
    meaning: "The row may not introduce its user, and the store does not have one with this id.",
    cause:
      "A user who was deleted, a list from another environment, or one of people not imported yet.",
    hint: "Check the id, or import the users first; --unknown-users create takes them in"
  )
  static let userDisabled = ReasonEntry(
    "user_disabled",
    .warning,
    summary: "The user is disabled",
    meaning: "The row is kept, but the user may have left.",
    cause: "An account that was switched off.",
    hint: "Leave the row out, or say with --include-disabled that it is meant"
  )
  static let alreadyAssigned = ReasonEntry(
    "already_assigned",
    .error,
    summary: "The extension belongs to somebody else",
    says: "the extension belongs to {text}, who does not give it up here",
    meaning: "An extension belongs to one user, and its present one is not moved by this input.",
    cause: "A number that is still in use, or a list that leaves its present user out.",
    hint: "Move or clear the present user's extension first, or choose another"
  )
  static let userHasExtension = ReasonEntry(
    "user_has_extension",
    .warning,
    summary: "The user has another extension already",
    says: "the user has {text}[, it would become {suggestion}]",
    meaning: "--on-existing keep leaves it as it is; --on-existing fail rejects the row.",
    cause: "A person who gets a new number.",
    hint: "Choose with --on-existing whether it is replaced or kept"
  )
  static let extensionNotProvisioned = ReasonEntry(
    "extension_not_provisioned",
    .error,
    summary: "The extension does not exist",
    meaning: "Extensions exports were imported, and none of them has it.",
    cause: "A number that was not set up yet, or an export that is out of date.",
    hint: "Set the extension up first, or import a newer extensions export with --extensions"
  )
  static let extensionWrongKind = ReasonEntry(
    "extension_wrong_kind",
    .error,
    summary: "The extension is not one for a person",
    says: "the extension is of the kind {quoted}, not one for a person",
    meaning: "Queues, menus and the like cannot be given to a user.",
    cause: "A number that is used for something else.",
    hint: "Choose another extension"
  )
  static let extensionDisabledAtTarget = ReasonEntry(
    "extension_disabled_at_target",
    .error,
    summary: "The extension exists but is disabled",
    meaning: "Calls would not reach its user.",
    cause: "An extension that was switched off or frozen.",
    hint: "Enable the extension, or choose another"
  )

  static let stoppedByBudget = ReasonEntry(
    "stopped_by_budget",
    .refusal,
    summary: "There are more rejected rows than allowed",
    says: "{number|row was|rows were} rejected, and at most {text} may be",
    meaning: "Nothing was written.",
    cause: "A wrong or damaged input.",
    hint: "Correct the input, or raise --max-errors"
  )
  static let stoppedByBrake = ReasonEntry(
    "stopped_by_brake",
    .refusal,
    summary: "The run would change more of the present assignments than allowed",
    says: "{number} of {limit|assignment|assignments} would change, and at most {text} may",
    meaning: "Nothing was written.",
    cause: "A wrong or incomplete export, or a change that really is that big.",
    hint: "Check that the export is complete, or raise --max-change"
  )
  static let stoppedByAtomic = ReasonEntry(
    "stopped_by_atomic",
    .refusal,
    summary: "Some rows were rejected, and all or none were to be written",
    says: "{number|row was|rows were} rejected, and all or none were to be written",
    meaning: "Nothing was written.",
    cause: "A run with --atomic, which writes all rows or none.",
    hint: "Correct the rejected rows, or leave --atomic out"
  )
  static let cancelled = ReasonEntry(
    "cancelled",
    .refusal,
    error: .server,
    summary: "The question whether to write was answered with no",
    meaning: "Nothing was written; no row was processed.",
    cause: "Somebody looked at what the run would do and decided against it.",
    hint: "Run it again when the changes are wanted"
  )
}
