import HTTPTypes
import NIOCore
import Readers
import SystemPackage

/// The body of an import, in a temporary file without a name that goes away with its last user.
final class UploadFile: Sendable {
  /// The open file, at its beginning.
  let descriptor: SystemPackage.FileDescriptor
  /// The bytes that were received.
  let byteCount: Int

  /// Pieces are gathered up to so many bytes, or so many pieces, and written together.
  private static let batchByteCount = 1 << 20
  private static let batchCount = 64

  private init(_ descriptor: SystemPackage.FileDescriptor, byteCount: Int) {
    self.descriptor = descriptor
    self.byteCount = byteCount
  }

  deinit { try? descriptor.close() }

  /// Takes a body as it comes; the client sends no faster than the file grows.
  ///
  /// - Parameters:
  ///   - body: the pieces.
  ///   - limit: the most bytes there may be.
  /// - Returns: the file with all of the body.
  /// - Throws: `APIFailure` when there are more, or no room for them; what reading the body throws.
  static func receive(
    _ body: some AsyncSequence<ByteBuffer, any Error>,
    upTo limit: Int
  ) async throws -> UploadFile {
    let file = try await Blocking.run { try TemporaryFile.open() }
    do {
      let byteCount = try await receive(body, upTo: limit, into: file)
      _ = try file.seek(offset: 0, from: .start)
      return UploadFile(file, byteCount: byteCount)
    } catch {
      try? file.close()
      throw error
    }
  }

  private static func receive(
    _ body: some AsyncSequence<ByteBuffer, any Error>,
    upTo limit: Int,
    into file: SystemPackage.FileDescriptor
  ) async throws -> Int {
    var byteCount = 0
    var batch: [ByteBuffer] = []
    var batchByteCount = 0
    for try await piece in body {
      byteCount += piece.readableBytes
      guard byteCount <= limit else { throw APIFailure.tooLarge(limit: limit) }
      batch.append(piece)
      batchByteCount += piece.readableBytes
      if batchByteCount >= Self.batchByteCount || batch.count >= batchCount {
        try await write(batch, to: file)
        batch.removeAll(keepingCapacity: true)
        batchByteCount = 0
      }
    }
    try await write(batch, to: file)
    return byteCount
  }

  private static func write(_ batch: [ByteBuffer], to file: SystemPackage.FileDescriptor)
    async throws
  {
    guard !batch.isEmpty else { return }
    do {
      try await Blocking.run {
        for piece in batch { try file.writeAll(piece.readableBytesView) }
      }
    } catch let error as Errno where error == .noSpace || error == .diskQuotaExceeded {
      throw APIFailure(
        HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"),
        code: "INSUFFICIENT_STORAGE",
        "The server has no room to keep the import while it reads it"
      )
    }
  }
}
