import Hummingbird
import HTTPTypes
/// Everything that the server answers to.
enum ServerRoutes {
  static func all(_ backend: ServerBackend) -> [Route] {
    [
      UpdateExtension(
        queue: backend.assignments,
        metrics: backend.metrics,
        limit: backend.settings.limits.maximumBodyByteCount
      ).route,
      Health(storePath: backend.settings.storePath).route,
      OpenAPI.route(version: backend.settings.version),
      Route(.get, "/metrics", .anyone) { [registry = backend.metrics.registry] _ in
        .body(registry.text, type: MetricsRegistry.contentType)
      },
      ImportRoute.route(backend),
    ] + RunRoutes.routes(backend)
  }
}
