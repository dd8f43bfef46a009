/// How much of the server a client may take.
package struct ServerLimits: Sendable {
  /// The most connections at one time; further ones wait in the kernel's queue.
  package var maximumConnectionCount = 1024
  /// The most connections that wait in the kernel's queue.
  package var backlog = 256
  /// The most bytes of all fields in the head of a request, and of one of them.
  package var maximumHeadByteCount = 32 << 10
  /// The most fields in the head of a request.
  package var maximumFieldCount = 100
  /// The most bytes of the body of a request for one user.
  package var maximumBodyByteCount = 16 << 10
  /// The most bytes of an import.
  package var maximumUploadByteCount = 16 << 30
  /// The most imports that are read or applied at one time.
  package var maximumImportCount = 2
  /// How long a client may take for the head of a request.
  package var headTimeout = Duration.seconds(10)
  /// How long a client may take for the body of a request for one user.
  ///
  /// Of a longer body, each piece of `maximumBodyByteCount` has as long; what the server itself
  /// takes does not count.
  package var bodyTimeout = Duration.seconds(30)
  /// How long a connection may wait for its next request.
  package var idleTimeout = Duration.seconds(60)
  /// How long requests that are being answered get when the server is told to stop.
  package var shutdownTimeout = Duration.seconds(10)
  /// How long a connection stays open for reading behind an answer that refused the rest of its
  /// request, so that the answer is read before the connection goes.
  package var lingerTimeout = Duration.seconds(2)

  /// The limits when nothing else is said.
  package init() {}
}
