import CScan
import Glibc
import SystemPackage

/// A growable run of bytes with one owner: input that is being read, output that is being built.
package struct ByteBuffer: ~Copyable, @unchecked Sendable {
  // Sendable: the value owns its block alone, and a noncopyable value has one owner at a time.
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int

  /// Number of bytes.
  package private(set) var count: Int

  /// Makes an empty buffer with room for `minimumCapacity` bytes.
  package init(minimumCapacity: Int = 256) {
    capacity = max(minimumCapacity, 64)
    base = Self.allocate(nil, capacity: capacity)
    count = 0
  }

  deinit { free(base) }

  /// Whether there are no bytes.
  package var isEmpty: Bool { count == 0 }

  /// The byte at `index`, which must be below `count`.
  package subscript(index: Int) -> UInt8 {
    get {
      precondition(index >= 0 && index < count, "byte index out of range")
      return base[index]
    }
    set {
      precondition(index >= 0 && index < count, "byte index out of range")
      base[index] = newValue
    }
  }

  /// All bytes, valid while the buffer is not changed.
  package var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The bytes of `range`, which must lie inside the buffer.
  @_lifetime(borrow self)
  package func span(_ range: Range<Int>) -> Span<UInt8> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "byte range out of range")
    let span = unsafe Span(_unsafeStart: base + range.lowerBound, count: range.count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Makes room for `additional` more bytes.
  @inline(__always)
  package mutating func reserve(_ additional: Int) {
    if count + additional > capacity { grow(to: count + additional) }
  }

  private mutating func grow(to minimumCapacity: Int) {
    capacity = max(minimumCapacity, capacity * 2)
    base = Self.allocate(base, capacity: capacity)
  }

  /// Adds one byte.
  package mutating func append(_ byte: UInt8) {
    if count == capacity { reserve(1) }
    base[count] = byte
    count += 1
  }

  /// Adds bytes.
  @inline(__always)
  package mutating func append(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append(pointer: $0.baseAddress, count: $0.count) }
  }

  /// Adds bytes up to the first that `Span.firstSpecial` would find, and says how many these are.
  package mutating func append(plainPrefixOf bytes: Span<UInt8>) -> Int {
    reserve(bytes.count)
    let added = bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { scan_copy_plain(base + count, $0, UInt64(bytes.count)) } ?? 0
    }
    count += Int(added)
    return Int(added)
  }

  /// Adds the bytes of a range of another buffer, which may be a class's property.
  @inline(__always)
  package mutating func append(_ range: Range<Int>, of other: borrowing ByteBuffer) {
    append(other.span(range))
  }

  /// Adds bytes.
  package mutating func append(_ bytes: [UInt8]) { append(bytes.span) }

  /// Adds the bytes of `range`, which must lie inside the buffer, once more.
  package mutating func append(copyOf range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "byte range out of range")
    reserve(range.count)
    memcpy(base + count, base + range.lowerBound, range.count)
    count += range.count
  }

  /// Adds constant text, as it stands.
  @inline(__always)
  package mutating func append(_ text: StaticString) {
    append(pointer: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// Adds text as UTF-8, as it stands.
  package mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(pointer: $0.baseAddress, count: $0.count) }
  }

  /// Adds a number in decimal digits.
  @inline(__always)
  package mutating func append(decimal value: UInt64) {
    append(decimal: value, width: DecimalDigits.count(of: value))
  }

  /// Adds a number in decimal digits, with leading zeros up to `width` digits (1 to 20).
  package mutating func append(decimal value: UInt64, width: Int) {
    precondition(width >= 1 && width <= 20, "a decimal width outside 1...20")
    reserve(max(width, 8))
    if width <= 8 && value < 100_000_000 {
      let digits = scan_eight_digits(UInt32(truncatingIfNeeded: value)) >> UInt64(8 * (8 - width))
      UnsafeMutableRawPointer(base + count).storeBytes(of: digits.littleEndian, as: UInt64.self)
      count += width
      return
    }
    var rest = value
    var end = base + count + width
    // Two digits a step: a division takes longer than a look into a table of a cache line or four.
    while end - base > count + 1 {
      let pair = Int(truncatingIfNeeded: rest % 100)
      rest /= 100
      end -= 2
      end[0] = Self.digitPairs.utf8Start[2 * pair]
      end[1] = Self.digitPairs.utf8Start[2 * pair + 1]
    }
    if end - base > count { (end - 1).pointee = 0x30 + UInt8(truncatingIfNeeded: rest % 10) }
    count += width
  }

  /// Adds the last `digitCount` hexadecimal digits of a number, in lower case.
  package mutating func append(hex value: UInt64, digitCount: Int) {
    precondition(digitCount >= 1 && digitCount <= 16, "a hexadecimal width outside 1...16")
    reserve(digitCount)
    for place in 0..<digitCount {
      let nibble = UInt8(truncatingIfNeeded: value >> UInt64(4 * (digitCount - 1 - place))) & 15
      base[count + place] = nibble < 10 ? 0x30 + nibble : 0x57 + nibble
    }
    count += digitCount
  }

  /// Adds 12 bytes as 24 hexadecimal digits, in lower case.
  @inline(__always)
  package mutating func append(hex high: UInt64, _ low: UInt32) {
    reserve(24)
    scan_write_hex24(base + count, high, low)
    count += 24
  }

  /// Adds as many bytes as `body` says that it wrote, at most `maximumCount`.
  @inline(__always)
  mutating func append(upTo maximumCount: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    reserve(maximumCount)
    let added = body(base + count)
    precondition(added >= 0 && added <= maximumCount, "more bytes than there is room for")
    count += added
  }

  /// Gives the bytes to `body`, which may read so many more, whatever these are.
  @inline(__always)
  func withBytes(paddedBy padding: Int, _ body: (UnsafePointer<UInt8>) -> Void) {
    precondition(count + padding <= capacity, "no room behind the bytes")
    body(base)
  }

  /// Removes all bytes and keeps the memory.
  package mutating func removeAll() { count = 0 }

  /// Removes the bytes from `index` to the end.
  package mutating func removeSuffix(from index: Int) {
    precondition(index >= 0 && index <= count, "byte index out of range")
    count = index
  }

  /// Removes the first `byteCount` bytes and moves the rest to the front.
  package mutating func removePrefix(_ byteCount: Int) {
    precondition(byteCount >= 0 && byteCount <= count, "byte count out of range")
    memmove(base, base + byteCount, count - byteCount)
    count -= byteCount
  }

  /// Moves the byte range to `destination`, which lies before it; both stay inside the buffer.
  ///
  /// Used to take the doubling out of quotes in place.
  package mutating func moveDown(_ range: Range<Int>, to destination: Int) {
    precondition(
      destination >= 0 && destination <= range.lowerBound && range.upperBound <= count,
      "a move outside the buffer"
    )
    memmove(base + destination, base + range.lowerBound, range.count)
  }

  /// Reads once from a file (`read(2)`), at most `byteCount` bytes, and adds them at the end.
  ///
  /// - Returns: the number of bytes read; 0 at the end of the file.
  /// - Throws: `Errno`; interrupted reads are tried again.
  package mutating func read(from file: FileDescriptor, atMost byteCount: Int) throws -> Int {
    reserve(byteCount)
    let target = UnsafeMutableRawBufferPointer(start: base + count, count: byteCount)
    let got = try file.read(into: target, retryOnInterrupt: true)
    count += got
    return got
  }

  /// Reads once from a place in a file (`pread(2)`) and adds the bytes at the end.
  ///
  /// - Returns: the number of bytes read; 0 at the end of the file.
  /// - Throws: `Errno`; interrupted reads are tried again.
  package mutating func read(
    from file: FileDescriptor,
    at offset: UInt64,
    atMost byteCount: Int
  ) throws -> Int {
    reserve(byteCount)
    let target = UnsafeMutableRawBufferPointer(start: base + count, count: byteCount)
    let got = try file.read(
      fromAbsoluteOffset: Int64(offset),
      into: target,
      retryOnInterrupt: true
    )
    count += got
    return got
  }

  /// Writes all bytes to a file (`write(2)`, repeated until done) and removes them.
  ///
  /// - Throws: `Errno`; the bytes then stay in the buffer, but part of them may be in the file.
  package mutating func writeAll(to file: FileDescriptor) throws {
    _ = try file.writeAll(UnsafeRawBufferPointer(start: base, count: count))
    count = 0
  }

  /// `00` to `99`.
  private static var digitPairs: StaticString {
    """
    00010203040506070809101112131415161718192021222324252627282930313233343536373839\
    40414243444546474849505152535455565758596061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899
    """
  }

  @inline(__always)
  private mutating func append(pointer: UnsafePointer<UInt8>?, count byteCount: Int) {
    guard let pointer, byteCount > 0 else { return }
    reserve(byteCount)
    memcpy(base + count, pointer, byteCount)
    count += byteCount
  }

  private static func allocate(
    _ old: UnsafeMutablePointer<UInt8>?,
    capacity: Int
  ) -> UnsafeMutablePointer<UInt8> {
    guard let block = realloc(old, capacity) else {
      preconditionFailure("out of memory: \(capacity) bytes")
    }
    return block.assumingMemoryBound(to: UInt8.self)
  }
}
