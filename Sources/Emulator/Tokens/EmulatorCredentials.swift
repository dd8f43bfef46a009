/// What applications have to show for a token; what is not set may be anything.
package struct EmulatorCredentials: Sendable {
  package var clientID: ExpectedSecret?
  package var clientSecret: ExpectedSecret?
  package var jwt: ExpectedSecret?

  /// Everybody is welcome.
  package init() {}

  /// Whether an application is the one that is expected.
  func accepts(_ client: BasicAuthorization) -> Bool {
    clientID?.isMet(by: client.name) ?? true && clientSecret?.isMet(by: client.secret) ?? true
  }
}
