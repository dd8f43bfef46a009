/// How the stand-in behaves.
package struct EmulatorSettings: Sendable {
  /// The port on 127.0.0.1; 0 takes a free one.
  package var port = 0
  package var credentials = EmulatorCredentials()
  /// How long access tokens are good; `nil` leaves it to the client, an hour when it does not say.
  package var tokenLifetime: Duration?
  package var rules = AccountRules()
  /// How many times RingCentral's limits hold; `nil` for no limits at all.
  package var limitFactor: Int? = 1
  /// Whether errors repeat themselves at the top of the body, as old answers do.
  package var usesLegacyErrors = false
  package var faults: [FaultRule] = []
  /// What random faults follow from.
  package var seed: UInt64 = 1
  /// Whether SIGTERM and SIGINT stop it; without it only cancelling its task does.
  package var stopsOnSignals = true

  /// Makes settings with the values that hold when nothing else is said.
  package init() {}
}
