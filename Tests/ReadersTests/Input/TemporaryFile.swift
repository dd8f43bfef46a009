import Bytes
import Glibc
import ImportModel
import Readers
import Rows
import SystemPackage

/// A file that goes away with the value that stands for it.
final class TemporaryFile {
  let path: String
  private let folder: String

  /// Makes a file with a name of its own in a new folder.
  init(_ bytes: [UInt8], named name: String = "users.csv") throws {
    var template = Array("/tmp/rcimport-test.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = "\(folder)/\(name)"
    try write(bytes)
  }

  convenience init(_ text: String, named name: String = "users.csv") throws {
    try self.init(Array(text.utf8), named: name)
  }

  deinit {
    unlink(path)
    rmdir(folder)
  }

  /// Replaces the content.
  func write(_ bytes: [UInt8]) throws {
    let file = try FileDescriptor.open(
      FilePath(path),
      .writeOnly,
      options: [.create, .truncate],
      permissions: .ownerReadWrite
    )
    try file.closeAfter { _ = try file.writeAll(bytes) }
  }
}

extension InputOpener {
  static func open(text: String, _ options: ReadingOptions = ReadingOptions()) throws -> OpenInput {
    let file = try TemporaryFile(text)
    return try open(path: file.path, options: options, wantsDigest: false)
  }
}

/// The finding for which an input is refused, or `nil` when it is not.
func refusal(_ open: () throws -> Void) -> Finding? {
  do {
    try open()
    return nil
  } catch {
    return (error as? ImportError)?.finding
  }
}

extension OpenInput {
  /// All rows: where each stands, and its fields.
  func allRows() throws -> [(position: Position, fields: [String])] {
    var batch = RowBatch()
    var rows: [(Position, [String])] = []
    while try reader.read(into: &batch) {
      for row in 0..<batch.count {
        let fields = (0..<Int(batch.rows[row].fieldCount)).map {
          String(utf8: batch.value(ofColumn: $0, row: row))
        }
        rows.append((batch.rows[row].position, fields))
      }
    }
    return rows
  }

  /// The columns that fields were found in.
  func column(_ field: Field) -> String? { mapping[field].map { columns[$0] } }
}

extension InputSource {
  /// The text from a place to the end, read in steps of some bytes.
  func text(from offset: UInt64 = 0, step: Int = 1 << 16) throws -> [UInt8] {
    var buffer = ByteBuffer()
    while try read(at: offset + UInt64(buffer.count), into: &buffer, atMost: step) > 0 {}
    return (0..<buffer.count).map { buffer[$0] }
  }
}
