import ArgumentParser
import Pipeline

/// How much a run may reject or change before it writes nothing at all.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Stop before writing when more rows than this are rejected.",
      valueName: "n|p%"
    ),
    transform: AmountText.amount
  )
  var maxErrors: RunLimits.Amount?

  @Option(
    help: ArgumentHelp(
      "Stop before writing when more of the present assignments than this would change.",
      valueName: "p%"
    ),
    transform: AmountText.share
  )
  var maxChange: Double?

  @Flag(help: "All rows or none: one rejected row keeps all others from being written.")
  var atomic = false

  /// The limits in force.
  var limits: RunLimits {
    var limits = RunLimits()
    limits.maximumErrors = maxErrors
    limits.maximumChange = maxChange
    limits.isAtomic = atomic
    return limits
  }
}
