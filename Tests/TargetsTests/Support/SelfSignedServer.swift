import Crypto
import struct FoundationEssentials.Date
import NIOSSL
import SwiftASN1
import X509

extension NIOSSLContext {
  /// A server with a certificate that it signed itself, of a key made for this test.
  static func ofNobody() throws -> NIOSSLContext {
    let key = P256.Signing.PrivateKey()
    let name = try DistinguishedName { CommonName("localhost") }
    // From 2020 to 2100, so that nothing but the authority is wrong.
    let certificate = try Certificate(
      version: .v3,
      serialNumber: .init(),
      publicKey: .init(key.publicKey),
      notValidBefore: Date(timeIntervalSince1970: 1_577_836_800),
      notValidAfter: Date(timeIntervalSince1970: 4_102_444_800),
      issuer: name,
      subject: name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try .init { SubjectAlternativeNames([.dnsName("localhost")]) },
      issuerPrivateKey: .init(key)
    )
    let chain = try NIOSSLCertificate.fromPEMBytes(
      Array(certificate.serializeAsPEM().pemString.utf8)
    )
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(
          NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)
        )
      )
    )
  }
}
