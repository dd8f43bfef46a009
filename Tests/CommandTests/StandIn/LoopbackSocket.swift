import Foundation
import Glibc

/// A TCP socket on 127.0.0.1 with blocking calls; closed with this object.
///
/// No child process inherits it: one that did would keep a connection open that was closed here.
final class LoopbackSocket: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) throws {
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func make() throws -> LoopbackSocket {
    try LoopbackSocket(
      descriptor: ChildProcess.makeDescriptor { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
    )
  }

  // MARK: - Listening and connecting

  /// A socket that listens on a free port.
  static func listening() throws -> LoopbackSocket {
    let socket = try bound()
    guard listen(socket.descriptor, 128) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
    return socket
  }

  /// A socket that has a port to itself and does not listen there: connecting to it is refused.
  static func bound() throws -> LoopbackSocket {
    let socket = try make()
    guard socket.withAddress(port: 0, bind) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
    return socket
  }

  /// A connection to a port.
  static func connected(to port: Int) throws -> LoopbackSocket {
    let socket = try make()
    guard socket.withAddress(port: port, connect) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
    return socket
  }

  /// The port of its own end.
  var port: Int {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &size)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Waits for a connection; `nil` when there is none for a moment.
  func accepted() -> LoopbackSocket? {
    guard isReadable(milliseconds: 50) else { return nil }
    return try? LoopbackSocket(
      descriptor: ChildProcess.makeDescriptor { accept(descriptor, nil, nil) }
    )
  }

  private func withAddress(
    port: Int,
    _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  // MARK: - Reading and writing

  /// Whether reading would not wait; the end of the stream can be read too.
  func isReadable(milliseconds: Int32) -> Bool {
    var request = pollfd(descriptor: descriptor)
    return Glibc.poll(&request, 1, milliseconds) > 0
  }

  /// Whether bytes came that were not read yet.
  var hasBytes: Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
  }

  /// What came, at most 16 KiB; empty when the other side ended or broke the connection.
  func read() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(count, 0)))
  }

  /// Writes all bytes; says whether the other side was there to take them.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      // Without a signal when the other side is gone.
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Ends the own side of the stream; the other one can go on.
  func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Ends both sides; whoever waits in a call returns.
  func finish() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Makes closing it a reset instead of an orderly end (SO_LINGER of socket(7)).
  func resetWhenClosed() {
    var value = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor,
      SOL_SOCKET,
      SO_LINGER,
      &value,
      socklen_t(MemoryLayout<linger>.size)
    )
  }
}

extension pollfd {
  /// Waits for something to read.
  fileprivate init(descriptor: Int32) {
    self.init(fd: descriptor, events: Int16(POLLIN), revents: 0)
  }
}
