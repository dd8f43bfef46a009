import Bytes
import ImportModel
import JWTKit

/// A public key in PEM.
enum PublicKeyFile {
  /// Reads a key of RSA (at least 2048 bits) or of the curve P-256.
  static func load(_ path: String) throws(ImportError) -> KeyMaterial {
    let file = try KeyFileText.load(path)
    let text = String(utf8: file.span)
    guard !text.contains("PRIVATE KEY-----") else {
      throw ImportError(
        .configuration,
        "the file holds a private key",
        hint: "Give the public one: openssl pkey -in FILE -pubout",
        file: path
      )
    }
    if let key = try? Insecure.RSA.PublicKey(pem: text) { return KeyMaterial(value: .rsa(key)) }
    if let key = try? ES256PublicKey(pem: text) { return KeyMaterial(value: .p256(key)) }
    throw ImportError(
      .configuration,
      "the file is no public key of RSA with 2048 bits or more, nor of the curve P-256, in PEM",
      file: path
    )
  }
}
