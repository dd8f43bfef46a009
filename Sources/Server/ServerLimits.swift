/// How much of the server a client may take.
package struct ServerLimits: Sendable {
  /// The most connections at one time; further ones wait in the kernel's queue.
  package var maximumConnectionCount = 1024
  /// The most bytes of the body of a request for one user.
  package var maximumBodyByteCount = 16 << 10
  /// The most bytes of an import.
  package var maximumUploadByteCount = 16 << 30
  /// The most imports that are read or applied at one time.
  package var maximumImportCount = 2
  /// How long a client may take for the head of a request.
  package var headTimeout = Duration.seconds(10)
  /// How long a client may take for the body of a request for one user, and between two pieces of an
  /// import.
  package var bodyTimeout = Duration.seconds(30)
  /// How long a connection may wait for its next request.
  package var idleTimeout = Duration.seconds(60)
  /// How long requests that are being answered get when the server is told to stop.
  package var shutdownTimeout = Duration.seconds(10)

  /// The limits when nothing else is said.
  package init() {}
}
