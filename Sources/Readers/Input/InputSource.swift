package import Bytes
package import ImportModel
package import Rows
package import SystemPackage

/// The UTF-8 text of a file, a pipe or standard input.
///
///     regular file in UTF-8    read at its places (pread(2))
///     anything else            read once, front to back, decoded, and kept in a temporary file
///                              that grows as it is read for the first time
package final class InputSource: TextSource {
  package let name: String
  package private(set) var textStart: UInt64
  /// How the input is encoded; the text that is read is UTF-8 in any case.
  package let encoding: TextEncoding
  /// The input's first bytes, before decoding.
  package let head: [UInt8]

  private let file: InputFile
  private let decoder: Transcoder?
  private let spool: SpoolFile?
  /// The text that is read in place of the input's own.
  private var rewritten: SpoolFile?
  private var digest: InputDigest?
  /// Input bytes that were read and not decoded yet.
  private var pending: ByteBuffer
  /// Decoded text on its way to the spool.
  private var decoded = ByteBuffer()
  /// Input bytes read so far.
  private var takenCount: UInt64 = 0
  private var isAtEnd = false

  /// Bytes looked at before anything is decided.
  private static let headByteCount = 1 << 14
  private static let chunkByteCount = 1 << 17

  /// Opens a path, or standard input for `-`.
  ///
  /// - Throws: `file_not_found`, `file_unreadable`, `encoding_unknown`, `xml_encoding_conflict`.
  package convenience init(
    path: String,
    options: ReadingOptions,
    wantsDigest: Bool
  ) throws(ImportError) {
    try self.init(InputFile(path: path), options: options, wantsDigest: wantsDigest)
  }

  /// Reads an open descriptor, which is not closed.
  package convenience init(
    _ descriptor: FileDescriptor,
    name: String,
    options: ReadingOptions,
    wantsDigest: Bool
  ) throws(ImportError) {
    let file = try InputFile(descriptor, name: name, path: nil, closes: false)
    try self.init(file, options: options, wantsDigest: wantsDigest)
  }

  private init(
    _ file: InputFile,
    options: ReadingOptions,
    wantsDigest: Bool
  ) throws(ImportError) {
    self.file = file
    name = file.name
    var head = ByteBuffer(minimumCapacity: Self.headByteCount)
    var got = -1
    while got != 0 && head.count < Self.headByteCount {
      let room = Self.headByteCount - head.count
      got =
        file.isSeekable
        ? try file.read(at: UInt64(head.count), into: &head, atMost: room)
        : try file.readNext(into: &head, atMost: room)
    }
    self.head = (0..<head.count).map { head[$0] }
    encoding = try EncodingDetection.encoding(
      of: head.span,
      name: file.name,
      wanted: options.encoding
    )
    digest = wantsDigest ? InputDigest() : nil
    textStart = encoding.isUTF8 ? UInt64(encoding.byteOrderMark.count) : 0
    decoder = encoding.isUTF8 ? nil : Transcoder(from: encoding.name, to: "UTF-8")
    spool = encoding.isUTF8 && file.isSeekable ? nil : try SpoolFile()
    takenCount = UInt64(head.count)
    digest?.see(head.span, at: 0)
    if !encoding.isUTF8 { head.removePrefix(encoding.byteOrderMark.count) }
    pending = head
    isAtEnd = got == 0
    if let spool { try keepPending(spool) }
  }

  package func read(
    at offset: UInt64,
    into buffer: inout ByteBuffer,
    atMost byteCount: Int
  ) throws(ImportError) -> Int {
    guard byteCount > 0 else { return 0 }
    if let rewritten { return try rewritten.read(at: offset, into: &buffer, atMost: byteCount) }
    guard let spool else {
      let start = buffer.count
      let got = try file.read(at: offset, into: &buffer, atMost: byteCount)
      // What was seen before changes nothing, and may be read by several threads.
      if let digest, offset + UInt64(got) > digest.byteCount {
        self.digest?.see(buffer.span(start..<start + got), at: offset)
      }
      return got
    }
    while spool.byteCount <= offset && !isAtEnd { try spoolNext(spool) }
    return try spool.read(at: offset, into: &buffer, atMost: byteCount)
  }
}

// MARK: - The input as a whole

extension InputSource {
  /// Which file it is.
  package var identity: InputIdentity { file.identity }

  /// Bytes of the input, before decoding, for showing progress; `nil` for a stream.
  package var byteCount: UInt64? { file.isSeekable ? file.byteCount : nil }

  /// Makes sure that the file is what it was when it was opened.
  ///
  /// - Throws: `file_changed`; never for a stream.
  package func verifyUnchanged() throws(ImportError) { try file.verifyUnchanged() }

  /// Whether the text is not the input's own but what was made of it.
  package var isRewritten: Bool { rewritten != nil }

  /// Has another text read from now on; the digest stays that of the input, all of which is read.
  func rewrite(as text: inout ByteBuffer) throws(ImportError) {
    precondition(rewritten == nil, "an input is rewritten once")
    try finish()
    let file = try SpoolFile()
    try file.append(&text)
    textStart = 0
    rewritten = file
  }

  /// Reads what was not read yet, so that the digest is that of the whole input.
  package func finish() throws(ImportError) {
    if let spool {
      while !isAtEnd { try spoolNext(spool) }
      return
    }
    guard let seen = digest?.byteCount else { return }
    var rest = ByteBuffer(minimumCapacity: Self.chunkByteCount)
    var place = seen
    while place < file.byteCount {
      let got = try read(at: place, into: &rest, atMost: Self.chunkByteCount)
      // A file that shrank is refused by the read itself; nothing must wait for its bytes.
      guard got > 0 else { break }
      place += UInt64(got)
      rest.removeAll()
    }
  }

  /// The SHA-256 of the input's bytes as lower-case hexadecimal text, once `finish` ran; `nil` when
  /// it was not asked for.
  package var digestText: String? {
    guard let digest else { return nil }
    var text = ByteBuffer(minimumCapacity: 64)
    for byte in digest.bytes { text.append(hex: UInt64(byte), digitCount: 2) }
    return String(utf8: text.span)
  }

  /// What is worth telling about the encoding.
  package var remarks: [Finding] {
    encoding.isUTF8 ? [] : [Finding(.encodingAssumed, .note, text: encoding.name)]
  }
}

// MARK: - Keeping what cannot be read twice

extension InputSource {
  /// Reads, decodes and keeps the next part of the input.
  private func spoolNext(_ spool: SpoolFile) throws(ImportError) {
    let start = pending.count
    let got =
      file.isSeekable
      ? try file.read(at: takenCount, into: &pending, atMost: Self.chunkByteCount)
      : try file.readNext(into: &pending, atMost: Self.chunkByteCount)
    digest?.see(pending.span(start..<start + got), at: takenCount)
    takenCount += UInt64(got)
    isAtEnd = got == 0
    try keepPending(spool)
  }

  private func keepPending(_ spool: SpoolFile) throws(ImportError) {
    if let decoder {
      try decodePending(decoder)
      try spool.append(&decoded)
    } else {
      try spool.append(&pending)
    }
  }

  /// Decodes what can be decoded; the beginning of a character waits for its end.
  private func decodePending(_ decoder: Transcoder) throws(ImportError) {
    var place = 0
    while place < pending.count {
      let progress = decoder.convert(pending.span(place..<pending.count), into: &decoded)
      place += progress.consumed
      guard progress.isMalformed || (isAtEnd && place < pending.count) else { break }
      if encoding.isWide {
        let offset = takenCount - UInt64(pending.count - place)
        throw ImportError(
          refusing: name,
          because: Finding(.utf16Broken, .refusal, number: Int(offset), text: encoding.name)
        )
      }
      // U+FFFD stands for the byte; the check of its cell rejects the row.
      decoder.reset()
      decoded.append([0xEF, 0xBF, 0xBD])
      place += 1
    }
    pending.removePrefix(place)
  }
}
