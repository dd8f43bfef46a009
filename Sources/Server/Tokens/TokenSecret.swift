import Bytes
import ImportModel

/// The secret that HS256 tokens are signed and checked with.
enum TokenSecret {
  /// Bytes that a secret has at least: those of the hash (RFC 7518, section 3.2).
  static let minimumByteCount = 32

  /// Reads a secret: the bytes of a file without the line end at its end.
  ///
  /// - Throws: `configuration` for fewer than 32 bytes, and for what looks like a key of another kind:
  ///   a public key taken for a secret lets anybody sign.
  static func load(_ path: String) throws(ImportError) -> [UInt8] {
    let file = try KeyFileText.load(path)
    var end = file.count
    while end > 0, file[end - 1] == 0x0A || file[end - 1] == 0x0D { end -= 1 }
    let text = String(utf8: file.span(0..<end))
    if text.contains("-----BEGIN") {
      throw refusal("holds a PEM key and no secret", path, hint: "Give it as --public-key")
    }
    if text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
      throw refusal("holds a JSON Web Key and no secret", path, hint: "Give a key set as --jwks")
    }
    guard end >= minimumByteCount else {
      throw refusal("has fewer than \(minimumByteCount) bytes", path, hint: recipe)
    }
    return (0..<end).map { file[$0] }
  }

  private static let recipe = "Make one with: head -c 32 /dev/urandom | base64 > jwt.secret"

  private static func refusal(_ problem: String, _ path: String, hint: String) -> ImportError {
    ImportError(.configuration, "the secret \(problem)", hint: hint, file: path)
  }
}
