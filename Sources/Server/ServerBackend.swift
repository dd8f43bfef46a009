import Stores

/// What the routes work with.
struct ServerBackend: Sendable {
  let settings: ServerSettings
  /// The store; its calls block, so that they belong on a thread of their own (`Blocking`).
  let store: any DirectoryStore
  /// Changes of single users.
  let assignments: AssignmentQueue
  /// Runs imports.
  let imports: ImportService
  let metrics: ServerMetrics
}
