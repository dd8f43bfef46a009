import Hummingbird

/// The description of the API (spec.openapis.org/oas/v3.1.0).
enum OpenAPI {
  /// The whole description as JSON; the version has nothing to escape.
  static func text(version: String) -> String {
    """
    {
    "openapi": "3.1.0",
    "info": {
    "title": "rcimport",
    "summary": "RingCentral extensions of users.",
    "version": "\(version)"
    },
    "paths": {
    \(update),
    \(imports),
    \(others)
    },
    "components": {
    \(components)
    }
    }
    """
  }

  /// `GET /openapi.json`.
  static func route(version: String) -> Route {
    let text = text(version: version)
    return Route(.get, "/openapi.json", .anyone) { _ in .json(text) }
  }
}
