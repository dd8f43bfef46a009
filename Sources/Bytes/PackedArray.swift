import CScan
import Glibc

/// A growable array of plain values in one block of memory that grows without being copied.
///
/// `Array` copies on growth, so its peak is the old and the new block together; `realloc` moves the
/// pages of a large block instead (`mremap(2)`), and memory that was never written is not resident.
/// Indexes are checked.
package struct PackedArray<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  // Sendable: the value owns its block alone, and a noncopyable value has one owner at a time.
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int

  /// Number of elements.
  package private(set) var count: Int

  /// Makes an empty array with room for `minimumCapacity` elements.
  package init(minimumCapacity: Int = 0) {
    capacity = max(minimumCapacity, 8)
    base = Self.allocate(nil, capacity: capacity)
    count = 0
  }

  /// Makes an array of zeros for a table that is looked into at random places.
  ///
  /// A big one lies on huge pages where the system has them (`madvise(2)`), which halves the time
  /// of a look.
  package init(zeroCount: Int) where Element: FixedWidthInteger {
    // The system's pages come with zeros, which are not written again.
    guard let block = calloc(max(zeroCount, 8), MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory: \(zeroCount) elements of \(Element.self)")
    }
    Self.adviseHugePages(block, zeroCount * MemoryLayout<Element>.stride)
    base = block.assumingMemoryBound(to: Element.self)
    capacity = max(zeroCount, 8)
    count = zeroCount
  }

  deinit { free(base) }

  /// Whether there are no elements.
  package var isEmpty: Bool { count == 0 }

  /// The element at `index`, which must be below `count`.
  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "PackedArray index out of range")
      return base[index]
    }
    set {
      precondition(index >= 0 && index < count, "PackedArray index out of range")
      base[index] = newValue
    }
  }

  /// Asks the processor for the element at `index`, which must be below `count`, ahead of its use.
  package func prefetch(_ index: Int) {
    precondition(index >= 0 && index < count, "PackedArray index out of range")
    scan_prefetch(base + index)
  }

  /// The last element, or `nil` when there is none.
  package var last: Element? { count == 0 ? nil : base[count - 1] }

  /// All elements, valid while the array is not changed.
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Adds an element at the end, in amortised constant time.
  @inline(__always)
  package mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    base[count] = element
    count += 1
  }

  /// Adds `repetitions` copies of an element at the end.
  package mutating func append(_ element: Element, repetitions: Int) {
    precondition(repetitions >= 0, "a negative number of repetitions")
    if count + repetitions > capacity { grow(to: count + repetitions) }
    (base + count).initialize(repeating: element, count: repetitions)
    count += repetitions
  }

  /// Adds as many elements as `body` says that it wrote, at most `maximumCount`.
  mutating func append(
    upTo maximumCount: Int,
    _ body: (UnsafeMutablePointer<Element>) -> Int
  ) {
    if count + maximumCount > capacity { grow(to: count + maximumCount) }
    let added = body(base + count)
    precondition(added >= 0 && added <= maximumCount, "more elements than there is room for")
    count += added
  }

  /// Gives all elements to `body`, which may change them.
  mutating func withMutableElements<Result>(
    _ body: (UnsafeMutablePointer<Element>) -> Result
  ) -> Result {
    body(base)
  }

  /// Makes room for `minimumCapacity` elements at once, if there is as much.
  ///
  /// Much room lies on huge pages where the system has them (`madvise(2)`), so that filling it
  /// costs a fault every 2 MiB. Room that is not filled is address space and no memory; where not
  /// even that can be had, the array grows as it is filled.
  package mutating func reserveCapacity(_ minimumCapacity: Int) {
    let byteCount = minimumCapacity * MemoryLayout<Element>.stride
    guard minimumCapacity > capacity else { return }
    guard byteCount >= hugePageByteCount else { return grow(to: minimumCapacity) }
    guard let block = Self.allocateOnHugePages(byteCount) else { return }
    memcpy(block, base, count * MemoryLayout<Element>.stride)
    free(base)
    base = block
    capacity = minimumCapacity
  }

  /// Removes the elements from `index` to the end.
  package mutating func removeSuffix(from index: Int) {
    precondition(index >= 0 && index <= count, "PackedArray index out of range")
    count = index
  }

  /// Removes all elements and keeps the memory.
  package mutating func removeAll() { count = 0 }

  /// Sorts the elements in place.
  package mutating func sort(by areInIncreasingOrder: (Element, Element) -> Bool) {
    var elements = UnsafeMutableBufferPointer(start: base, count: count)
    elements.sort(by: areInIncreasingOrder)
  }

  private mutating func grow(to minimumCapacity: Int) {
    capacity = max(minimumCapacity, capacity + capacity / 2)
    base = Self.allocate(base, capacity: capacity)
  }

  /// Allocates memory that begins with a page of the biggest kind; `nil` when there is none.
  private static func allocateOnHugePages(_ byteCount: Int) -> UnsafeMutablePointer<Element>? {
    var block: UnsafeMutableRawPointer?
    guard posix_memalign(&block, hugePageByteCount, byteCount) == 0, let block else { return nil }
    adviseHugePages(block, byteCount)
    return block.assumingMemoryBound(to: Element.self)
  }

  /// Asks for pages of the biggest kind where memory of a block can lie on such.
  private static func adviseHugePages(_ block: UnsafeMutableRawPointer, _ byteCount: Int) {
    let start = (Int(bitPattern: block) + hugePageByteCount - 1) & -hugePageByteCount
    let end = (Int(bitPattern: block) + byteCount) & -hugePageByteCount
    // Advice that the system does not follow costs nothing.
    if end > start {
      _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
    }
  }

  private static func allocate(
    _ old: UnsafeMutablePointer<Element>?,
    capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    guard let block = realloc(old, capacity * MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory: \(capacity) elements of \(Element.self)")
    }
    return block.assumingMemoryBound(to: Element.self)
  }
}

/// Bytes of a huge page on x86-64 and on most arm64 systems.
private let hugePageByteCount = 2 << 20
