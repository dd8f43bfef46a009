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
