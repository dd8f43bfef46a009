import NIOCore

extension Channel {
  /// Waits until the connection has what was written so far, be it sent or not.
  ///
  /// A write is only handed to the event loop. Whoever makes pieces of a long body faster than a busy
  /// event loop takes them would fill the memory before it learns that the client does not read.
  func waitForWrites() async throws { try await eventLoop.submit {}.get() }
}
