import ArgumentParser

/// The options that `validate` and `apply` share.
struct ImportOptions: ParsableArguments {
  @OptionGroup(title: "Inputs")
  var inputs: InputOptions

  @OptionGroup(title: "Store")
  var store: StoreOptions

  @OptionGroup(title: "How inputs are written")
  var dialect: DialectOptions

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Limits")
  var limits: LimitOptions

  @OptionGroup(title: "Reports")
  var reports: ReportOptions

  @OptionGroup(title: "Terminal")
  var terminal: TerminalOptions
}
