import Bytes
package import ImportModel
package import Rows

/// Finds out what an input is, from its content and from what the user says, and opens it.
package enum InputOpener {
  /// Opens a path, or standard input for `-`, whose rows are to be imported.
  ///
  /// - Throws: when the input is missing, is no CSV or XML, or its columns cannot be used.
  package static func open(
    path: String,
    options: ReadingOptions,
    wantsDigest: Bool
  ) throws(ImportError) -> OpenInput {
    let source = try InputSource(path: path, options: options, wantsDigest: wantsDigest)
    return try open(source, options: options)
  }

  /// Opens a path, or standard input for `-`, to look at its rows whatever its columns are.
  ///
  /// Unknown columns are no error; nothing is mapped.
  /// - Throws: when the input is missing or is no CSV or XML.
  package static func openRaw(
    path: String,
    options: ReadingOptions
  ) throws(ImportError) -> OpenInput {
    let source = try InputSource(path: path, options: options, wantsDigest: false)
    return try openRaw(source, options: options)
  }

  /// Opens a source whose rows are to be imported.
  package static func open(
    _ source: InputSource,
    options: ReadingOptions
  ) throws(ImportError) -> OpenInput {
    try open(source, options: options, isRaw: false)
  }

  /// Opens a source to look at its rows whatever its columns are.
  package static func openRaw(
    _ source: InputSource,
    options: ReadingOptions
  ) throws(ImportError) -> OpenInput {
    try open(source, options: options, isRaw: true)
  }

  private static func open(
    _ source: InputSource,
    options: ReadingOptions,
    isRaw: Bool
  ) throws(ImportError) -> OpenInput {
    if let finding = ContentSniffer.refusal(of: source.head, isWide: source.encoding.isWide) {
      throw ImportError(refusing: source.name, because: finding)
    }
    let found = try textFormat(of: source, mayBeExtensions: !isRaw && options.kind != .users)
    let format = options.format ?? found
    var options = options
    // Elements always have names.
    if format == .xml { options.hasHeader = true }
    var findings =
      switch format {
      case .csv: try CSVOpener(source: source, options: options, isRaw: isRaw).open()
      case .xml: try XMLOpener(source: source, options: options, isRaw: isRaw).open()
      }
    if let promised = promisedFormat(by: source.name), promised != format || source.isRewritten {
      findings.remarks.append(
        Finding(
          .formatMismatch,
          .warning,
          text: promised.rawValue.uppercased(),
          suggestion: source.isRewritten ? "JSON" : format.rawValue.uppercased()
        )
      )
    }
    return OpenInput(source, findings, options: options)
  }

  /// The format that the beginning of the text looks like.
  ///
  /// RingCentral's list of extensions in JSON is CSV afterwards.
  private static func textFormat(
    of source: InputSource,
    mayBeExtensions: Bool
  ) throws(ImportError) -> ReadingOptions.Format {
    var text = ByteBuffer(minimumCapacity: 1 << 14)
    var place = source.textStart
    while true {
      let got = try source.read(at: place, into: &text, atMost: 1 << 14)
      switch ContentSniffer.content(of: text.span) {
      case .csv: return .csv
      case .xml: return .xml
      case .html: throw refusal(.fileIsHTML, source)
      case .json:
        if mayBeExtensions, try rewriteExtensions(source) { return .csv }
        throw refusal(.fileIsJSON, source)
      case .blank:
        if got == 0 { throw refusal(.fileEmpty, source) }
        place += UInt64(got)
        text.removeAll()
      }
    }
  }

  /// Has a list of extensions read as the export that it is; `false` for other JSON.
  private static func rewriteExtensions(_ source: InputSource) throws(ImportError) -> Bool {
    var text = ByteBuffer(minimumCapacity: 1 << 20)
    while text.count <= JSONExtensions.maximumByteCount {
      let place = source.textStart + UInt64(text.count)
      if try source.read(at: place, into: &text, atMost: 1 << 20) == 0 { break }
    }
    guard text.count <= JSONExtensions.maximumByteCount,
      var csv = JSONExtensions.csv(from: text.span)
    else { return false }
    try source.rewrite(as: &csv)
    return true
  }

  private static func refusal(_ code: ReasonCode, _ source: InputSource) -> ImportError {
    ImportError(refusing: source.name, because: Finding(code, .refusal))
  }

  private static func promisedFormat(by name: String) -> ReadingOptions.Format? {
    let name = name.lowercased()
    return ReadingOptions.Format.allCases.first { name.hasSuffix("." + $0.rawValue) }
  }
}
