extension ReasonEntry {
  static let rejectedByTarget = ReasonEntry(
    "rejected_by_target",
    .error,
    summary: "The target refused the row",
    says: "the target refused the row[: {text}]",
    meaning: "The target answered that it cannot take these values; it kept what it had.",
    cause: "A number that somebody else has there, or values that its own rules forbid.",
    hint: "Look at what the target says, and correct the row or the target"
  )
  static let userNotFoundAtTarget = ReasonEntry(
    "user_not_found_at_target",
    .error,
    error: .userNotFound,
    summary: "The target does not know the user",
    meaning: "The target answered that it has no user with this id.",
    cause: "A user who was deleted there, or a list from another environment.",
    hint: "Check the id, and that the target is the right one"
  )
  static let targetCannotClear = ReasonEntry(
    "target_cannot_clear",
    .error,
    summary: "The target cannot take an extension away",
    meaning: "The row was not sent; its user keeps the present extension at the target.",
    cause: "A row with --on-blank clear, and a target that can only give extensions.",
    hint: "Give the user another extension, or take it away at the target itself"
  )
  static let unexpectedResponse = ReasonEntry(
    "unexpected_response",
    .error,
    error: .server,
    summary: "The target's answer is not in the agreed form",
    says: "the target's answer is not in the agreed form[: {text}]",
    meaning: "Nothing but the documented answer counts as success, so the row may be there or not.",
    cause: "An address that leads to another service, or a gateway that answers in its place.",
    hint: "Check the address, the method and the path of the target"
  )
  static let retriesExhausted = ReasonEntry(
    "retries_exhausted",
    .error,
    error: .server,
    summary: "The target failed at every try",
    says: "gave up after {number|try|tries}[: {text}]",
    meaning: "The target did not take the row; other rows went on.",
    cause: "A fault at the target, for all rows or for this one.",
    hint: "Go on later with rcimport resume, or raise --retries"
  )
  static let outcomeUnknown = ReasonEntry(
    "outcome_unknown",
    .error,
    error: .server,
    summary: "The row was sent, but no answer came",
    says: "the row was sent, but no answer came[: {text}]",
    meaning: "The target may have taken the row or not.",
    cause: "A connection that broke, or a target that is too slow.",
    hint: "Sending it again does no harm: go on with rcimport resume, or raise --timeout"
  )
  static let swapIncomplete = ReasonEntry(
    "swap_incomplete",
    .error,
    error: .server,
    summary: "A swap of extensions stopped half-way",
    says: "the swap stopped half-way; the user has the spare extension {text} for now",
    meaning: "The other users of the swap may have their new extensions already.",
    cause: "A run that was stopped, or a target that refused one of the rows.",
    hint: "Finish it with rcimport resume"
  )
  static let waitsForRow = ReasonEntry(
    "waits_for_row",
    .error,
    error: .server,
    summary: "The extension should be released by a row that did not end well",
    says: "the extension should be released by {row} first, which did not end well",
    meaning: "The row was not sent: its extension still belongs to another user.",
    cause: "A failure of the other row.",
    hint: "See what is wrong with the other row, then go on with rcimport resume"
  )

  static let unauthorized = ReasonEntry(
    "unauthorized",
    .refusal,
    error: .unauthorized,
    summary: "The target does not accept the token",
    says: "the target does not accept the token[: {text}]",
    meaning: "Nothing more was sent; rows that were settled before stay settled.",
    cause: "A token that is missing, wrong, expired, or not an administrator's.",
    hint: "Get a new token, then go on with rcimport resume"
  )
  static let connectFailed = ReasonEntry(
    "connect_failed",
    .refusal,
    error: .server,
    summary: "The target cannot be reached",
    says: "the target cannot be reached[: {text}]",
    meaning: "Nothing more was sent; rows that were settled before stay settled.",
    cause:
      "A wrong address, a network or proxy that does not let through, or a target that is down.",
    hint: "Check the address and the network, then go on with rcimport resume"
  )
  static let tlsFailed = ReasonEntry(
    "tls_failed",
    .refusal,
    error: .server,
    summary: "The connection to the target is not secure",
    says: "the connection to the target is not secure[: {text}]",
    meaning: "Nothing was sent: the other side could be anybody.",
    cause: "A certificate that expired, is for another name, or comes from an unknown authority.",
    hint: "Have the certificate mended, or install the authority's certificate on this machine"
  )
  static let targetError = ReasonEntry(
    "target_error",
    .refusal,
    error: .server,
    summary: "The target fails for row after row",
    says: "the target failed for {number|row|rows} one after the other[: {text}]",
    meaning: "Nothing more was sent; rows that were settled before stay settled.",
    cause: "A fault at the target.",
    hint: "Go on later with rcimport resume"
  )
  static let stoppedByFailures = ReasonEntry(
    "stopped_by_failures",
    .refusal,
    error: .server,
    summary: "More rows failed than allowed",
    says: "{number|row|rows} failed, and at most {text} may",
    meaning: "Nothing more was sent; rows that were settled before stay settled.",
    cause: "A target that refuses or fails, or a wrong input.",
    hint: "Look at the failed rows, then go on with rcimport resume, or raise --max-errors"
  )
}
