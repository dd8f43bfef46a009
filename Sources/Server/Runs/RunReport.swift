import Bytes
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import SystemPackage

/// A report that was kept, open for reading.
final class RunReport: Sendable {
  /// The type of reports: a JSON object a line.
  static let contentType = "application/x-ndjson"

  private static let pieceByteCount = 1 << 18

  private let descriptor: SystemPackage.FileDescriptor
  private let byteCount: Int

  /// Opens a report; `nil` when there is none.
  static func open(_ path: String) async throws -> RunReport? {
    try await Blocking.run {
      do {
        let file = try SystemPackage.FileDescriptor.open(
          FilePath(path),
          .readOnly,
          options: .closeOnExec
        )
        return RunReport(file, byteCount: try file.seek(offset: 0, from: .end))
      } catch Errno.noSuchFileOrDirectory {
        return nil
      }
    }
  }

  private init(_ descriptor: SystemPackage.FileDescriptor, byteCount: Int64) {
    self.descriptor = descriptor
    self.byteCount = Int(byteCount)
  }

  deinit { try? descriptor.close() }

  /// The answer that sends it, piece by piece.
  func response(on channel: any Channel) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: Self.contentType],
      body: ResponseBody(contentLength: byteCount) { writer in
        var place = 0
        while place < self.byteCount {
          let piece = try await self.piece(at: place)
          guard piece.readableBytes > 0 else { throw APIFailure.server }
          place += piece.readableBytes
          try await writer.write(piece)
          try await channel.waitForWrites()
        }
        try await writer.finish(nil)
      }
    )
  }

  private func piece(at place: Int) async throws -> NIOCore.ByteBuffer {
    let count = min(Self.pieceByteCount, byteCount - place)
    return try await Blocking.run { [descriptor] in
      var piece = Bytes.ByteBuffer(minimumCapacity: count)
      _ = try piece.read(from: descriptor, at: UInt64(place), atMost: count)
      var copy = NIOCore.ByteBuffer()
      copy.writeBytes(piece.span.bytes)
      return copy
    }
  }
}
