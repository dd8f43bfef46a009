import Glibc
import Hummingbird
import Stores

/// `GET /health`: whether requests can be served.
struct Health: Sendable {
  let storePath: String

  /// The route.
  var route: Route { Route(.get, "/health", .anyone) { _ in await answer() } }

  private func answer() async -> Response {
    do {
      try await Blocking.run {
        // To a reader a store that is gone is an empty one; this one was there.
        guard access(storePath, R_OK) == 0 else { throw APIFailure.server }
        let store = try StoreKind.sqlite.open(storePath, mode: .readOnly)
        defer { store.close() }
        _ = try store.holdings()
      }
      return .json(#"{"status":"ok"}"#)
    } catch {
      return .json(#"{"status":"unavailable"}"#, status: .serviceUnavailable)
    }
  }
}
