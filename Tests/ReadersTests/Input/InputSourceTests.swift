import Bytes
import Glibc
import ImportModel
import Readers
import Rows
import SystemPackage
import Testing

struct InputSourceTests {
  /// Longer than what is looked at before anything is decided, and than what is read at once.
  static let longText = Array(
    (0..<20_000).map { "row \($0), ä€𝄞\n" }.joined().utf8
  )

  @Test func `a file is read at any place again`() throws {
    let file = try TemporaryFile("userId\nabc\n")
    let source = try open(file)
    #expect(try source.text(from: 3) == Array("rId\nabc\n".utf8))
    #expect(try source.text() == Array("userId\nabc\n".utf8))
    #expect(try source.text(from: 11) == [])
    #expect(source.textStart == 0)
    #expect(source.remarks == [])
  }

  @Test func `a byte order mark belongs to the text's offsets`() throws {
    let file = try TemporaryFile([0xEF, 0xBB, 0xBF] + Array("userId".utf8))
    let source = try open(file)
    #expect(source.textStart == 3)
    #expect(try source.text(from: 3) == Array("userId".utf8))
    #expect(source.encoding.byteOrderMark == [0xEF, 0xBB, 0xBF])
  }

  @Test(arguments: [1, 1000, 1 << 20])
  func `a pipe is kept and read again`(_ step: Int) throws {
    let bytes = step == 1 ? Array(Self.longText.prefix(20_000)) : Self.longText
    let source = try pipe(bytes, wantsDigest: true)
    #expect(try source.text(step: step) == bytes)
    #expect(try source.text(from: 19_990, step: step) == Array(bytes[19_990...]))
    try source.finish()
    #expect(source.digestText?.count == 64)
    try source.verifyUnchanged()
  }

  @Test func `a named pipe is a stream`() throws {
    let file = try TemporaryFile("")
    unlink(file.path)
    #expect(mkfifo(file.path, 0o600) == 0)
    // A reader that is there already lets the writer in before the source opens the pipe; and with
    // that many bytes the source does not wait for the end when it is made.
    let path = FilePath(file.path)
    let reader = try FileDescriptor.open(path, .readOnly, options: .nonBlocking)
    let writer = try FileDescriptor.open(path, .writeOnly)
    try writer.writeAll(Self.longText.prefix(30_000))
    let source = try open(file)
    try writer.close()
    try reader.close()
    #expect(try source.text() == Array(Self.longText.prefix(30_000)))
    #expect(source.byteCount == nil)
  }

  @Test func `standard input that is a file is read at its places`() throws {
    let file = try TemporaryFile("userId\nabc\n")
    let descriptor = try FileDescriptor.open(FilePath(file.path), .readOnly)
    let source = try InputSource(descriptor, name: "-", options: .init(), wantsDigest: false)
    #expect(source.byteCount == 11)
    #expect(try source.text(from: 7) == Array("abc\n".utf8))
    try descriptor.close()
  }

  @Test func `what was read of standard input before is not read`() throws {
    let file = try TemporaryFile("head\nuserId\n")
    let descriptor = try FileDescriptor.open(FilePath(file.path), .readOnly)
    try descriptor.seek(offset: 5, from: .start)
    let source = try InputSource(descriptor, name: "-", options: .init(), wantsDigest: false)
    #expect(try source.text() == Array("userId\n".utf8))
    try descriptor.close()
  }

  // MARK: Digest

  // Digests by sha256sum(1).
  @Test func `the digest is that of the bytes, however they are read`() throws {
    let file = try TemporaryFile("abc")
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let untouched = try open(file, wantsDigest: true)
    try untouched.finish()
    #expect(untouched.digestText == digest)
    let backwards = try open(file, wantsDigest: true)
    for offset: UInt64 in [2, 1, 0, 1, 0] { _ = try backwards.text(from: offset, step: 1) }
    try backwards.finish()
    #expect(backwards.digestText == digest)
    #expect(try open(file).digestText == nil)
  }

  @Test func `the digest of a transcoded input is that of its own bytes`() throws {
    let file = try TemporaryFile([0xFF, 0xFE, 0x61, 0x00, 0x62, 0x00, 0x0A, 0x00])
    let source = try open(file, wantsDigest: true)
    try source.finish()
    let digest = "06564eb9c7c278f814a8c78abffa7cec078916d0e93f22d467bf94f8a0f83687"
    #expect(source.digestText == digest)
    #expect(try source.text() == Array("ab\n".utf8))
  }

  @Test func `a pipe and a file of the same bytes have the same digest`() throws {
    let file = try TemporaryFile(Self.longText)
    let direct = try open(file, wantsDigest: true)
    try direct.finish()
    let source = try pipe(Self.longText, wantsDigest: true)
    try source.finish()
    #expect(source.digestText == direct.digestText)
  }

  // MARK: Missing and changed files

  @Test func `a missing file, a folder and a file without permission are told apart`() throws {
    let file = try TemporaryFile("userId\n")
    let folder = String(file.path.dropLast("/users.csv".count))
    let missing = failure { _ = try open(path: file.path + ".not") }
    #expect(missing?.finding?.code == .fileNotFound)
    #expect(missing?.kind == .missingInput)
    let directory = failure { _ = try open(path: folder) }
    #expect(directory?.finding?.code == .fileUnreadable)
    #expect(directory?.finding?.text == "Is a directory")
    #expect(directory?.file == folder)
    chmod(file.path, 0)
    // Permissions do not stop root.
    if geteuid() != 0 {
      #expect(failure { _ = try open(file) }?.finding?.code == .fileUnreadable)
    }
  }

  @Test func `a file that is as it was is unchanged`() throws {
    let file = try TemporaryFile("userId\nabc\n")
    let source = try open(file)
    try withExtendedLifetime(file) { try source.verifyUnchanged() }
  }

  @Test func `a file that grew, shrank or was replaced has changed`() throws {
    for bytes in ["userId\nabc\nd", "userId\n"] {
      let file = try TemporaryFile("userId\nabc\n")
      let source = try open(file)
      try file.write(Array(bytes.utf8))
      #expect(refusal { try source.verifyUnchanged() }?.code == .fileChanged)
    }
    let file = try TemporaryFile("userId\nabc\n")
    let source = try open(file)
    unlink(file.path)
    try file.write(Array("userId\nabc\n".utf8))
    #expect(refusal { try source.verifyUnchanged() }?.code == .fileChanged)
  }

  @Test func `a file that shrinks while it is read has changed`() throws {
    let file = try TemporaryFile(Self.longText)
    let source = try open(file)
    try file.write(Array("userId\n".utf8))
    #expect(refusal { _ = try source.text() }?.code == .fileChanged)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a file that shrinks before its digest is finished has changed`() throws {
    let file = try TemporaryFile(Self.longText)
    let source = try open(file, wantsDigest: true)
    try file.write(Array("userId\n".utf8))
    #expect(refusal { try source.finish() }?.code == .fileChanged)
  }

  @Test(
    arguments: [
      ("caf\u{FFFD}.csv", [0x63, 0x61, 0x66, 0xE9, 0x2E, 0x63, 0x73, 0x76]),
      ("\u{FFFD}=b", [0xE9, 0x3D, 0x62]), ("b=\u{FFFD}", [0x62, 0x3D, 0xFF]),
      ("\u{FFFD}", [0xEF, 0xBF, 0xBD]), ("cafe.csv", nil), ("a\u{FFFD}.csv", nil),
    ] as [(String, [UInt8]?)]
  )
  func `a name that is not UTF-8 is found among the arguments`(_ text: String, _ name: [UInt8]?) {
    let arguments: [[UInt8]] = [
      Array("rcimport".utf8), Array("cafe.csv".utf8),
      [0x63, 0x61, 0x66, 0xE9, 0x2E, 0x63, 0x73, 0x76],
      Array("--users=".utf8) + [0xE9, 0x3D, 0x62], [0x62, 0x3D, 0xFF], [0xEF, 0xBF, 0xBD],
    ]
    #expect(ArgumentBytes.reading(text, among: arguments) == name)
  }

  @Test func `what is added to a file after opening is not read`() throws {
    let file = try TemporaryFile("userId\n")
    let source = try open(file)
    try file.write(Array("userId\nabc\n".utf8))
    #expect(try source.text() == Array("userId\n".utf8))
  }

  @Test func `a file has one identity under all its names`() throws {
    let file = try TemporaryFile("userId\n")
    let other = try TemporaryFile("userId\n")
    let second = file.path + ".link"
    #expect(link(file.path, second) == 0)
    let linked = InputIdentity(of: FilePath(second))
    unlink(second)
    #expect(try open(file).identity == linked)
    let identity = try open(file).identity
    #expect(InputIdentity(of: FilePath(other.path)) != identity)
    #expect(InputIdentity(of: FilePath(file.path + ".not")) == nil)
  }

  private func open(_ file: TemporaryFile, wantsDigest: Bool = false) throws -> InputSource {
    try InputSource(path: file.path, options: ReadingOptions(), wantsDigest: wantsDigest)
  }

  private func open(path: String) throws -> InputSource {
    try InputSource(path: path, options: ReadingOptions(), wantsDigest: false)
  }

  private func failure(_ open: () throws -> Void) -> ImportError? {
    do {
      try open()
      return nil
    } catch {
      return error as? ImportError
    }
  }
}

/// A source that reads a pipe with these bytes in it, at most a mebibyte.
func pipe(
  _ bytes: [UInt8],
  options: ReadingOptions = ReadingOptions(),
  wantsDigest: Bool = false
) throws -> InputSource {
  let ends = try FileDescriptor.pipe()
  // F_SETPIPE_SZ: all bytes fit, so that nobody has to write while the source reads.
  _ = fcntl(ends.writeEnd.rawValue, 1031, 1 << 20)
  _ = try ends.writeEnd.closeAfter { try ends.writeEnd.writeAll(bytes) }
  return try InputSource(ends.readEnd, name: "-", options: options, wantsDigest: wantsDigest)
}
