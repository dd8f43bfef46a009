import CLibXML2
import ImportModel

// What libxml2 calls. The closures capture nothing; the parser comes as the user data.
extension XMLEventParser {
  /// The callbacks of a new parser.
  static var callbacks: xmlSAXHandler {
    var callbacks = xmlSAXHandler()
    callbacks.initialized = UInt32(XML_SAX2_MAGIC)
    callbacks.startElementNs = { user, name, _, _, namespaceCount, namespaces, count, _, values in
      XMLEventParser.with(user) { parser in
        parser.started(
          name,
          namespaces: UnsafeBufferPointer(start: namespaces, count: Int(namespaceCount) * 2),
          attributes: UnsafeBufferPointer(start: values, count: Int(count) * 5)
        )
      }
    }
    callbacks.endElementNs = { user, _, _, _ in XMLEventParser.with(user) { $0.ended() } }
    callbacks.characters = { user, bytes, count in
      XMLEventParser.with(user) { $0.found(UnsafeBufferPointer(start: bytes, count: Int(count))) }
    }
    // The same function: libxml2 then does not try to tell blanks from text.
    callbacks.ignorableWhitespace = callbacks.characters
    callbacks.cdataBlock = { user, bytes, count in
      XMLEventParser.with(user) {
        $0.foundCDATA(UnsafeBufferPointer(start: bytes, count: Int(count)))
      }
    }
    callbacks.internalSubset = { user, _, _, _ in
      XMLEventParser.with(user) { $0.refuse(Finding(.xmlDoctypeForbidden, .refusal)) }
    }
    callbacks.serror = { user, error in
      guard let error else { return }
      XMLEventParser.with(user) { $0.met(error.pointee) }
    }
    return callbacks
  }

  /// Runs one callback with the parser that libxml2 carries as user data.
  private static func with(_ user: UnsafeMutableRawPointer?, _ body: (XMLEventParser) -> Void) {
    guard let user else { preconditionFailure("libxml2 lost its user data") }
    Unmanaged<XMLEventParser>.fromOpaque(user)._withUnsafeGuaranteedRef(body)
  }
}
