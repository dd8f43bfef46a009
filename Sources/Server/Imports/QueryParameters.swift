/// The parameters of a query as HTML forms write them (`application/x-www-form-urlencoded`).
struct QueryParameters {
  /// Names and values in their order, decoded; a name without `=` has an empty value.
  let pairs: [(name: String, value: String)]

  /// Takes a query apart, which is what stands behind the question mark.
  ///
  /// - Throws: `APIFailure` when an escape is none, or the bytes are not UTF-8.
  init(_ query: String) throws(APIFailure) {
    var pairs: [(name: String, value: String)] = []
    for part in query.split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      pairs.append((try Self.decoded(sides[0]), sides.count == 2 ? try Self.decoded(sides[1]) : ""))
    }
    self.pairs = pairs
  }

  private static func decoded(_ text: Substring) throws(APIFailure) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"):
        bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { throw .invalid("The query has a % that two hexadecimal digits do not follow") }
        bytes.append(high << 4 | low)
      default:
        bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw .invalid("The query is not UTF-8")
    }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
  }
}
