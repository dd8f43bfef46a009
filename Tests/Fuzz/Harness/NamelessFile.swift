import Glibc
package import SystemPackage

/// A file without a name that is given new content again and again, in memory where `TMPDIR` is.
package final class NamelessFile {
  /// Where its bytes are; open for reading and writing.
  package let descriptor: FileDescriptor

  /// Makes an empty file.
  package init() {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(directory)/rcimport-fuzz.XXXXXX".utf8CString)
    descriptor = FileDescriptor(rawValue: mkstemp(&name))
    require(descriptor.rawValue >= 0, "no temporary file")
    unlink(name)
  }

  deinit { try? descriptor.close() }

  /// Replaces the content; the file's place is then its beginning.
  package func replace(with bytes: [UInt8]) {
    require(ftruncate(descriptor.rawValue, 0) == 0, "the file cannot be emptied")
    rewind()
    require((try? descriptor.writeAll(bytes)) == bytes.count, "the file cannot be written")
    rewind()
  }

  /// Goes back to the beginning.
  package func rewind() { _ = try? descriptor.seek(offset: 0, from: .start) }

  /// All that is in it.
  package var bytes: [UInt8] {
    rewind()
    let count = Int((try? descriptor.seek(offset: 0, from: .end)) ?? 0)
    rewind()
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = (try? descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
  }
}
