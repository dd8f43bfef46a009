import Bytes

/// Names and values as queries and forms have them (application/x-www-form-urlencoded).
enum FormText {
  /// Reads pairs in their order; a name may come again.
  static func decode(_ text: String) -> [(name: String, value: String)] {
    text.split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (decodeOne(sides[0]), sides.count == 2 ? decodeOne(sides[1]) : "")
    }
  }

  /// Writes a name or value so that it means nothing else in a query (RFC 3986, section 2.3).
  static func encode(_ text: String) -> String {
    var encoded = ByteBuffer(minimumCapacity: text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        encoded.append(
          text: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        )
      }
    }
    return String(utf8: encoded.span)
  }

  /// A percent sign that no two hexadecimal digits follow stays as it is.
  private static func decodeOne(_ text: Substring) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
      {
        decoded.append(value)
        place += 3
      } else {
        decoded.append(bytes[place] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[place])
        place += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
