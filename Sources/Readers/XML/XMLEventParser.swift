import Bytes
import CLibXML2
import ImportModel

/// Parses a document that arrives in pieces, with libxml2, and refuses what no export needs.
///
/// The one owner of libxml2's memory; no other reader handles unsafe pointers. It
/// refuses document types, with them every entity but the five predefined ones; and depth, numbers
/// of attributes and lengths of tags beyond its limits. It never opens a file or a connection: there
/// is nothing it loads, and `XML_PARSE_NONET` stays on.
final class XMLEventParser {
  /// Elements inside one another, the root included.
  static let maximumDepth = 64
  /// Attributes and namespaces of one element; libxml2 takes time by the square of their number.
  static let maximumAttributeCount = 1000
  /// Namespaces declared by open elements; libxml2 looks through all of them for each name.
  static let maximumNamespaceCount = 1000

  /// Why parsing stopped, once it did.
  private(set) var failure: XMLFailure?
  /// The elements that are open, the root first.
  private(set) var openNames = PackedArray<XMLName>(minimumCapacity: maximumDepth)

  let context: xmlParserCtxtPtr
  private let maximumTagByteCount: Int
  /// What takes the events of the piece that is being parsed, which it outlives.
  ///
  /// The builder of rows is called as what it is and without being retained for every event; other
  /// handlers see little of a document.
  private var builder: Unmanaged<XMLRecordBuilder>?
  private var handler: (any XMLEventHandler)?
  /// The offset in the source of what libxml2 takes for the first byte.
  var origin: UInt64 = 0
  private var hasRoot = false
  /// Whether the failure is that the document ended.
  private var hasFailedAtEnd = false
  /// Whether nothing failed and nobody had enough.
  private(set) var isActive = true
  /// Which open elements declare namespaces, by depth, and how many.
  private var declarations: [(depth: Int, count: Int)] = []
  /// Where a piece of CDATA ended that ended in a carriage return.
  private var carriageReturnEnd: UInt64?
  private var pendingTag = XMLPendingTag()

  private static let isLibraryReady: Bool = {
    xmlInitParser()
    return true
  }()

  /// Makes a parser for a document that begins at the offset `origin` of its source.
  ///
  /// - Parameters:
  ///   - origin: the offset of the document's first byte.
  ///   - maximumRowByteCount: the longest start tag that is taken, but for those of 1 MiB and less,
  ///     which always are.
  ///   - other: a parser to share names with: equal names then have equal addresses in both.
  init(origin: UInt64, maximumRowByteCount: Int, sharingNamesOf other: XMLEventParser? = nil) {
    precondition(Self.isLibraryReady, "libxml2 could not be prepared")
    self.origin = origin
    maximumTagByteCount = max(maximumRowByteCount, 1 << 20)
    var callbacks = Self.callbacks
    guard let context = xmlCreatePushParserCtxt(&callbacks, nil, nil, 0, nil) else {
      preconditionFailure("out of memory for an XML parser")
    }
    self.context = context
    if let other {
      xmlDictFree(context.pointee.dict)
      context.pointee.dict = other.context.pointee.dict
      xmlDictReference(context.pointee.dict)
    }
    context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    prepare()
  }

  deinit {
    if let document = context.pointee.myDoc { xmlFreeDoc(document) }
    xmlFreeParserCtxt(context)
  }

  /// Begins anew with a document at another place of the source; names keep their addresses.
  func restart(origin: UInt64) {
    precondition(xmlCtxtResetPush(context, nil, 0, nil, nil) == 0, "out of memory for XML input")
    context.pointee.nsNr = 0
    self.origin = origin
    failure = nil
    openNames.removeAll()
    hasRoot = false
    hasFailedAtEnd = false
    isActive = true
    declarations.removeAll(keepingCapacity: true)
    carriageReturnEnd = nil
    pendingTag = XMLPendingTag()
    prepare()
  }

  /// Parses the next piece; `failure` tells whether it could be.
  ///
  /// The pieces hold whole UTF-8 characters, and only such as XML allows.
  func parse(_ bytes: Span<UInt8>, for handler: any XMLEventHandler) {
    guard isActive, !bytes.isEmpty else { return }
    bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        parse(characters.baseAddress, Int32(characters.count), isLast: false, for: handler)
      }
    }
    checkPendingTag()
  }

  /// Says that the document is over; `failure` tells whether it was complete.
  func finish(for handler: any XMLEventHandler) {
    guard isActive else { return }
    let isCut = XMLPendingText.isCut(pendingBytes.span)
    parse(nil, 0, isLast: true, for: handler)
    if failure == nil && (!hasRoot || !openNames.isEmpty) { failAtEnd() }
    guard failure != nil, isCut || hasFailedAtEnd else { return }
    if let open = openNames.last {
      failure?.finding = Finding(.xmlTruncated, .refusal, text: XMLFailure.cleaned(text(of: open)))
    } else if !hasRoot {
      failure?.finding = Finding(.xmlNotWellFormed, .refusal, text: "there is no complete element")
    }
  }

  private func parse(
    _ bytes: UnsafePointer<CChar>?,
    _ count: Int32,
    isLast: Bool,
    for handler: any XMLEventHandler
  ) {
    if let builder = handler as? XMLRecordBuilder {
      self.builder = Unmanaged.passUnretained(builder)
    } else {
      self.handler = handler
    }
    _ = withExtendedLifetime(handler) { xmlParseChunk(context, bytes, count, isLast ? 1 : 0) }
    self.builder = nil
    self.handler = nil
  }

  /// Stops without a failure: nothing more is wanted.
  func stop() {
    isActive = false
    xmlStopParser(context)
  }

  /// Stops because the document cannot be used.
  func refuse(_ finding: Finding) {
    guard failure == nil else { return }
    fail(finding)
    xmlStopParser(context)
  }

  /// The address of a name, whether or not the document has it.
  func name(_ text: String) -> XMLName {
    let found = text.withCString { characters in
      characters.withMemoryRebound(to: xmlChar.self, capacity: text.utf8.count) {
        xmlDictLookup(context.pointee.dict, $0, Int32(clamping: text.utf8.count))
      }
    }
    return XMLName(address: UInt(bitPattern: found))
  }

  /// The text of a name.
  func text(of name: XMLName) -> String {
    guard let pointer = UnsafePointer<CChar>(bitPattern: name.address) else { return "" }
    return String(cString: pointer)
  }

  private func prepare() {
    xmlCtxtUseOptions(
      context,
      Int32(XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue)
    )
    // The text is UTF-8 by contract; without this libxml2 guesses from the first four bytes.
    context.pointee.charset = XML_CHAR_ENCODING_UTF8.rawValue
  }

  private func fail(_ finding: Finding) {
    isActive = false
    let column = context.pointee.input.map { Int($0.pointee.col) } ?? 1
    failure = XMLFailure(finding: finding, line: max(line, 1), column: max(column, 1))
  }

  private func failAtEnd() {
    hasFailedAtEnd = true
    fail(Finding(.xmlNotWellFormed, .refusal))
  }

  /// Refuses a start tag that is still incomplete and already too long or too rich.
  private func checkPendingTag() {
    let pending = pendingBytes
    guard isActive, pending.count > 1 << 14 else { return }
    let count = pendingTag.attributeCount(in: pending.span, at: offset)
    guard pendingTag.isTag else { return }
    if count > Self.maximumAttributeCount {
      refuseAttributes(count)
    } else if pending.count > maximumTagByteCount {
      refuseTag(pending.count)
    }
  }

  private func refuseAttributes(_ count: Int) {
    refuse(
      Finding(.tooManyColumns, .refusal, number: count, limit: Self.maximumAttributeCount)
    )
  }

  private func refuseTag(_ byteCount: Int) {
    refuse(Finding(.xmlTextTooLong, .refusal, number: byteCount, limit: maximumTagByteCount))
  }
}

// What becomes of libxml2's callbacks.
extension XMLEventParser {
  /// A start tag was read, with two pointers a namespace and five an attribute.
  func started(
    _ name: UnsafePointer<xmlChar>?,
    namespaces: UnsafeBufferPointer<UnsafePointer<xmlChar>?>,
    attributes: UnsafeBufferPointer<UnsafePointer<xmlChar>?>
  ) {
    guard isActive else { return }
    // At the end of a cut document libxml2 gives half a tag before it says so.
    let next = context.pointee.input?.pointee.cur
    guard next?.pointee == 0x3E || next?.pointee == 0x2F else { return }
    let name = XMLName(address: UInt(bitPattern: name))
    hasRoot = true
    if openNames.count == Self.maximumDepth {
      return refuse(
        Finding(
          .xmlTooDeep,
          .refusal,
          number: Self.maximumDepth + 1,
          limit: Self.maximumDepth,
          text: XMLFailure.cleaned(text(of: name))
        )
      )
    }
    let attributeCount = attributes.count / 5 + namespaces.count / 2
    if attributeCount > Self.maximumAttributeCount { return refuseAttributes(attributeCount) }
    // Where less than that lies before the end of the tag, it need not be looked for.
    if readyByteCount > maximumTagByteCount {
      let tagByteCount = startTag.count
      if tagByteCount > maximumTagByteCount { return refuseTag(tagByteCount) }
    }
    openNames.append(name)
    if attributeCount == 0 { begin(name) } else { begin(name, namespaces, attributes) }
  }

  /// An element begins that has more than a name.
  private func begin(
    _ name: XMLName,
    _ namespaces: UnsafeBufferPointer<UnsafePointer<xmlChar>?>,
    _ attributes: UnsafeBufferPointer<UnsafePointer<xmlChar>?>
  ) {
    if !namespaces.isEmpty {
      declarations.append((openNames.count, namespaces.count / 2))
      let count = declarations.reduce(0) { $0 + $1.count }
      if count > Self.maximumNamespaceCount { return refuseAttributes(count) }
    }

    begin(name)
    guard let handler: any XMLEventHandler = builder?.takeUnretainedValue() ?? handler
    else { return }
    for index in stride(from: 1, to: namespaces.count, by: 2) {
      guard let uri = namespaces[index] else { continue }
      let length = Int(xmlStrlen(uri))
      handler.namespace(UnsafeBufferPointer(start: uri, count: length).span)
    }
    for index in stride(from: 0, to: attributes.count, by: 5) {
      guard isActive, let start = attributes[index + 3], let end = attributes[index + 4]
      else { return }
      let name = XMLName(address: UInt(bitPattern: attributes[index]))
      attribute(name, UnsafeBufferPointer(start: start, count: end - start), handler)
    }
  }

  /// Gives an attribute on, with `&#38;` made `&`.
  ///
  /// libxml2 resolves everything in a value but leaves each ampersand as `&#38;` for a later step
  /// of its own tree builder, so that every `&` here begins exactly that.
  private func attribute(
    _ name: XMLName,
    _ value: UnsafeBufferPointer<UInt8>,
    _ handler: any XMLEventHandler
  ) {
    guard value.contains(0x26) else {
      handler.attribute(name, value: value.span, in: self)
      return
    }
    var resolved = ByteBuffer(minimumCapacity: value.count)
    var index = 0
    while index < value.count {
      resolved.append(value[index])
      index += value[index] == 0x26 ? 5 : 1
    }
    handler.attribute(name, value: resolved.span, in: self)
  }

  private func begin(_ name: XMLName) {
    if let builder {
      builder._withUnsafeGuaranteedRef { $0.startElement(name, in: self) }
    } else {
      handler?.startElement(name, in: self)
    }
  }

  /// An end tag was read, or an empty element.
  func ended() {
    guard isActive else { return }
    if let builder {
      builder._withUnsafeGuaranteedRef { $0.endElement(in: self) }
    } else {
      handler?.endElement(in: self)
    }
    if declarations.last?.depth == openNames.count { declarations.removeLast() }
    openNames.removeSuffix(from: openNames.count - 1)
  }

  /// A piece of text was read.
  func found(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isActive else { return }
    if let builder {
      builder._withUnsafeGuaranteedRef { $0.text(bytes.span) }
    } else {
      handler?.text(bytes.span)
    }
  }

  /// Gives CDATA on, with line ends made line feeds, which libxml2 forgets when it is fed in pieces.
  func foundCDATA(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isActive else { return }
    let start = offset
    let continues = carriageReturnEnd == start
    carriageReturnEnd = bytes.last == 0x0D ? start + UInt64(bytes.count) : nil
    guard continues || bytes.contains(0x0D) else { return found(bytes) }
    var normal = ByteBuffer(minimumCapacity: bytes.count)
    var wasCarriageReturn = continues
    for byte in bytes {
      if byte == 0x0D {
        normal.append(0x0A)
      } else if byte != 0x0A || !wasCarriageReturn {
        normal.append(byte)
      }
      wasCarriageReturn = byte == 0x0D
    }
    normal.span.withUnsafeBufferPointer { found($0) }
  }

  /// Something is wrong with the document.
  func met(_ error: xmlError) {
    // Namespace errors and warnings have lower levels: prefixes mean nothing here.
    guard isActive, error.level == XML_ERR_FATAL else { return }
    isActive = false
    hasFailedAtEnd =
      error.code == Int32(XML_ERR_DOCUMENT_END.rawValue)
      || error.code == Int32(XML_ERR_DOCUMENT_EMPTY.rawValue)
    failure = XMLFailure(error)
  }
}
