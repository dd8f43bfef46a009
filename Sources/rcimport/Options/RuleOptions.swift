import ArgumentParser
import ImportModel
import Pipeline

/// What a run does with the cases that have more than one right answer.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make repairs that cannot go wrong, or only suggest them.",
      valueName: "none|safe"
    )
  )
  var fix = Rules.Fix.none

  @Flag(help: "Warnings reject their row.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Which of the rows that want the same extension, or are of the same user, counts.",
      valueName: "reject-all|keep-first|keep-last"
    )
  )
  var onDuplicate = Rules.OnDuplicate.rejectAll

  @Option(
    help: ArgumentHelp(
      "What becomes of a user's present extension when a row gives another one.",
      valueName: "replace|keep|fail"
    )
  )
  var onExisting = Rules.OnExisting.replace

  @Option(
    help: ArgumentHelp(
      "What a row without an extension means: a mistake, leave the user's extension alone, or take "
        + "it away.",
      valueName: "reject|skip|clear"
    )
  )
  var onBlank = Rules.OnBlank.reject

  /// What users and extensions are matched by.
  enum Match: String, CaseIterable, ExpressibleByArgument {
    case email
  }

  @Option(
    help: "Give users without an extension the one that an extensions export shows as theirs."
  )
  var match: Match?

  @Option(
    help: ArgumentHelp(
      "What becomes of users the store does not know; auto creates those of an export with profile "
        + "fields and rejects those of an assignment list.",
      valueName: "auto|reject|create"
    )
  )
  var unknownUsers = Rules.UnknownUsers.auto

  @Flag(help: "Take users whose status says that they are disabled like others.")
  var includeDisabled = false

  @Option(
    help: ArgumentHelp(
      "Extensions that nobody may get: 911,112; may be repeated.",
      valueName: "numbers"
    ),
    transform: NumberText.list
  )
  var reserved: [[ExtensionNumber]] = []

  @Option(
    help: ArgumentHelp(
      "The only extensions that may be given: 1000-4999; may be repeated.",
      valueName: "first-last"
    ),
    transform: NumberText.range
  )
  var range: [ClosedRange<ExtensionNumber>] = []

  /// The rules in force.
  var rules: Rules {
    var rules = Rules()
    rules.fix = fix
    rules.strict = strict
    rules.onDuplicate = onDuplicate
    rules.onExisting = onExisting
    rules.onBlank = onBlank
    rules.matchesEmail = match == .email
    rules.unknownUsers = unknownUsers
    rules.includeDisabled = includeDisabled
    rules.reserved = Array(reserved.joined())
    rules.ranges = range
    return rules
  }
}

extension Rules.Fix: ExpressibleByArgument {}
extension Rules.OnDuplicate: ExpressibleByArgument {}
extension Rules.OnExisting: ExpressibleByArgument {}
extension Rules.OnBlank: ExpressibleByArgument {}
extension Rules.UnknownUsers: ExpressibleByArgument {}
