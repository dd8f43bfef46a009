import Bytes
import ImportModel
import JSON
import JWTKit

/// A set of public keys (RFC 7517, section 5).
enum KeySetFile {
  /// Reads the keys; every one must be fit for RS256 or ES256.
  static func load(_ path: String) throws(ImportError) -> [KeyMaterial] {
    let text = try KeyFileText.load(path)
    guard let elements = try? JSONParser.parse(text.span)["keys"]?.array, !elements.isEmpty else {
      throw refusal("the file is no set of keys: an object with the array \"keys\"", path)
    }
    var keys: [KeyMaterial] = []
    for (index, element) in elements.enumerated() {
      guard let key = key(element) else {
        throw refusal("key \(index + 1) is no public key to check RS256 or ES256 with", path)
      }
      if let id = key.id, keys.contains(where: { $0.id == id }) {
        throw refusal("two keys have the same kid", path)
      }
      keys.append(key)
    }
    return keys
  }

  /// Makes a key of a JSON Web Key (RFC 7517, section 4; RFC 7518, section 6); `nil` for one of
  /// another kind, for another use, or with its private part.
  private static func key(_ value: JSONValue) -> KeyMaterial? {
    guard value["d"] == nil, says(value["use"], "sig") else { return nil }
    if let operations = value["key_ops"] {
      guard operations.array?.contains(.string("verify")) == true else { return nil }
    }
    let id = value["kid"]?.string
    if value["kid"] != nil && id == nil { return nil }
    switch value["kty"]?.string {
    case "RSA":
      guard says(value["alg"], "RS256"), let modulus = value["n"]?.string,
        let exponent = value["e"]?.string,
        let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
      else { return nil }
      return KeyMaterial(id: id, value: .rsa(key))
    case "EC":
      guard says(value["alg"], "ES256"), value["crv"]?.string == "P-256",
        let x = value["x"]?.string, let y = value["y"]?.string,
        let key = try? ES256PublicKey(parameters: (x, y))
      else { return nil }
      return KeyMaterial(id: id, value: .p256(key))
    default:
      return nil
    }
  }

  /// Whether a member is missing or says what is expected.
  private static func says(_ member: JSONValue?, _ text: String) -> Bool {
    member == nil || member?.string == text
  }

  private static func refusal(_ problem: String, _ path: String) -> ImportError {
    ImportError(.configuration, problem, file: path)
  }
}
