import HTTPTypes

/// Says who sent a request.
struct TokenVerifier: Sendable {
  /// The administrator whose token a request carries.
  ///
  /// - Throws: always the same failure, whatever is wrong with the token.
  func administrator(_ headers: HTTPFields) async throws(APIFailure) -> Administrator {
    throw .unauthorized
  }
}
