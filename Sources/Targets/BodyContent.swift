import JSON
import NIOCore

/// What a body is, in a few words.
enum BodyContent: CustomStringConvertible {
  case empty
  case webPage
  case otherText
  case json(JSONValue)

  init(_ bytes: ByteBuffer) {
    if let value = try? JSONParser.parse(bytes.readableBytesUInt8Span) {
      self = .json(value)
      return
    }
    let first = bytes.readableBytesView.first { $0 > 0x20 }
    switch first {
    case nil: self = .empty
    case UInt8(ascii: "<"): self = .webPage
    default: self = .otherText
    }
  }

  var description: String {
    switch self {
    case .empty: "nothing behind it"
    case .webPage: "a web page"
    case .otherText: "something that is not JSON"
    case .json(let value): value.kindName
    }
  }
}
