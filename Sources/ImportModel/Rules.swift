/// What a run does with the cases that have more than one right answer; the flags of the program.
package struct Rules: Sendable, Equatable {
  /// Whether safe repairs are made or only suggested.
  package enum Fix: String, CaseIterable, Sendable { case none, safe }
  /// Who wins when rows of the input want the same extension or the same user.
  package enum OnDuplicate: String, CaseIterable, Sendable {
    case rejectAll = "reject-all"
    case keepFirst = "keep-first"
    case keepLast = "keep-last"
  }
  /// What becomes of rows whose user the store does not know.
  package enum UnknownUsers: String, CaseIterable, Sendable {
    /// Created from a users export with profile fields, rejected from an assignment list.
    case auto
    case reject
    case create
  }
  /// What becomes of a user who has another extension already.
  package enum OnExisting: String, CaseIterable, Sendable { case replace, keep, fail }
  /// What a row without an extension means.
  package enum OnBlank: String, CaseIterable, Sendable { case reject, skip, clear }

  package var fix = Fix.none
  package var onDuplicate = OnDuplicate.rejectAll
  package var unknownUsers = UnknownUsers.auto
  package var onExisting = OnExisting.replace
  package var onBlank = OnBlank.reject
  /// Rows without an extension get one whose number the target chooses.
  package var takesNextNumbers = false
  /// Rows without an extension get that of the extensions export with the same e-mail address.
  package var matchesEmail = false
  /// Warnings reject their row.
  package var strict = false
  /// Users that the store or the file calls disabled are taken like others.
  package var includeDisabled = false
  /// Extensions that nobody may get, such as emergency numbers.
  package var reserved: [ExtensionNumber] = []
  /// The only extensions that may be given, by value and digit count; empty means all.
  package var ranges: [ClosedRange<ExtensionNumber>] = []

  /// The rules in force when no flag is given.
  package init() {}

  /// Whether rows without an extension may get one all the same, so that a blank is no mistake yet.
  package var fillsBlanks: Bool { takesNextNumbers || matchesEmail }
}
