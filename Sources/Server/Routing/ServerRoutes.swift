/// Everything that the server answers to.
enum ServerRoutes {
  static func all(_ backend: ServerBackend) -> [Route] {
    []
  }
}
