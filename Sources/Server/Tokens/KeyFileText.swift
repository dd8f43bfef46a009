import Bytes
import ImportModel
import SystemPackage

/// The text of a small file that a person wrote or a program made: a secret, a key, a set of keys.
enum KeyFileText {
  /// Bytes that such a file may have.
  private static let limit = 1 << 20

  static func load(_ path: String) throws(ImportError) -> ByteBuffer {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      defer { try? file.close() }
      var text = ByteBuffer()
      while try text.read(from: file, atMost: 1 << 16) > 0, text.count <= limit {}
      guard text.count <= limit else { throw Errno.fileTooLarge }
      return text
    } catch {
      let reason = (error as? Errno)?.description ?? "it cannot be read"
      throw ImportError(.missingInput, "cannot read the file: \(reason)", file: path)
    }
  }
}
