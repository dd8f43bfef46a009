import ImportModel
import JWTKit

/// The keys that tokens may be signed with.
struct TokenKeys: Sendable {
  /// One key, for one algorithm.
  struct Key: Sendable {
    /// The id that a token's `kid` has to be; only keys of a set have one.
    var id: String?
    var algorithm: String
    /// Holds this key alone.
    var verifier: JWTKeyCollection
  }

  private let keys: [Key]
  /// Whether tokens choose among the keys by `kid`.
  private let isSet: Bool

  init(_ keys: [Key], isSet: Bool) {
    self.keys = keys
    self.isSet = isSet
  }

  /// The key that a token has to be signed with, or `nil` when it asks for any other.
  func key(for token: TokenShape) -> Key? {
    let fitting = keys.filter { $0.algorithm == token.algorithm }
    guard isSet, let id = token.keyID else { return fitting.count == 1 ? fitting[0] : nil }
    return fitting.first { $0.id == id }
  }
}

extension TokenKeys {
  /// Reads the keys of a file.
  ///
  /// - Throws: `missingInput` when the file cannot be read, `configuration` when it is not what it is
  ///   said to be, or too weak (RFC 8725, section 3.5).
  static func load(_ file: TokenKeyFile) async throws -> TokenKeys {
    var keys: [Key] = []
    for material in try KeyMaterial.load(file) { keys.append(await Key(material)) }
    if case .keySet = file { return TokenKeys(keys, isSet: true) }
    return TokenKeys(keys, isSet: false)
  }
}

extension TokenKeys.Key {
  fileprivate init(_ material: KeyMaterial) async {
    id = material.id
    verifier = JWTKeyCollection()
    switch material.value {
    case .secret(let bytes):
      algorithm = "HS256"
      await verifier.add(hmac: HMACKey(from: bytes), digestAlgorithm: .sha256)
    case .rsa(let key):
      algorithm = "RS256"
      await verifier.add(rsa: key, digestAlgorithm: .sha256)
    case .p256(let key):
      algorithm = "ES256"
      await verifier.add(ecdsa: key)
    }
  }
}

/// What a file holds to check signatures with.
struct KeyMaterial: Sendable {
  enum Value: Sendable {
    case secret([UInt8])
    case rsa(Insecure.RSA.PublicKey)
    case p256(ES256PublicKey)
  }

  /// The id that a key of a set has.
  var id: String?
  var value: Value

  /// Reads what a file holds.
  static func load(_ file: TokenKeyFile) throws(ImportError) -> [KeyMaterial] {
    switch file {
    case .secret(let path): [KeyMaterial(value: .secret(try TokenSecret.load(path)))]
    case .publicKey(let path): [try PublicKeyFile.load(path)]
    case .keySet(let path): try KeySetFile.load(path)
    }
  }
}
