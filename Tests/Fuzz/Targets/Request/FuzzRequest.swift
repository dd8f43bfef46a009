import Bytes
import Harness
import HTTPTypes
import ImportModel
import JSON
import Pipeline

/// The body of an assignment, the query of an import, and a token.
///
/// Whatever they are, they are taken or refused with the documented answer.
///
/// Settings: which of the three.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  switch input[0] % 3 {
  case 0: tryBody(input.body)
  case 1: tryQuery(String(decoding: input.body, as: UTF8.self))
  default: tryToken(input.body)
  }
  return 0
}

nonisolated(unsafe) private var checker = SingleRowChecker()

/// What is taken is well-formed, and is taken again as it was understood.
private func tryBody(_ body: [UInt8]) {
  do throws(APIFailure) {
    let (user, number) = try AssignmentBody.values(in: body, checker: &checker)
    let digits = number.description
    require((2...10).contains(digits.utf8.count), "\(digits) was taken")
    require(digits.utf8.allSatisfy { (0x30...0x39).contains($0) }, "\(digits) was taken")
    let text = #"{"payload":{"rcExtension":"\#(digits)","userId":"\#(user)"}}"#
    let again = try AssignmentBody.values(in: Array(text.utf8), checker: &checker)
    require(again == (user, number), "\(again) of \(text)")
  } catch {
    requireDocumented(error)
  }
}

/// Parameters come back from their escapes.
private func tryQuery(_ query: String) {
  do throws(APIFailure) {
    let pairs = try QueryParameters(query).pairs
    let text = pairs.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
    let again = try QueryParameters(text).pairs
    require(again.elementsEqual(pairs, by: ==), "\(again), not \(pairs)")
    _ = try ImportParameters(query: query)
  } catch {
    requireDocumented(error)
  }
}

private func escaped(_ text: String) -> String {
  var bytes = ByteBuffer()
  for byte in text.utf8 {
    bytes.append("%")
    bytes.append(hex: UInt64(byte), digitCount: 2)
  }
  return String(utf8: bytes.span)
}

/// A token has three parts, each the one way to write its bytes.
private func tryToken(_ token: [UInt8]) {
  guard let shape = TokenShape(String(decoding: token, as: UTF8.self)) else { return }
  _ = shape.claims()
  let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  require(parts.count == 3, "a token of \(parts.count) parts")
  for part in [parts[0], parts[2]] {
    guard let bytes = Base64URL.decode(Array(part).span) else {
      return require(false, "a part that is not Base64")
    }
    require(encoded(bytes) == Array(part), "another text for the same bytes")
  }
}

/// RFC 4648, section 5, without padding.
private func encoded(_ bytes: borrowing ByteBuffer) -> [UInt8] {
  let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
  )
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let count = min(3, bytes.count - start)
    var word: UInt32 = 0
    for index in 0..<3 {
      word = word << 8 | (index < count ? UInt32(bytes[start + index]) : 0)
    }
    for index in 0...count { text.append(alphabet[Int(word >> UInt32(18 - 6 * index) & 63)]) }
  }
  return text
}

/// A refusal is a 400 whose body is the documented one.
private func requireDocumented(_ failure: APIFailure) {
  require(failure.status == .badRequest, "\(failure)")
  let body = try? JSONParser.parse(Array(failure.body.utf8).span)
  let error = body?["error"]
  require(error?["code"]?.string == "VALIDATION_ERROR", failure.body)
  require(error?["message"]?.string?.isEmpty == false, failure.body)
}
