import CScan

/// What eight neighbouring slots of a table hold, a bit for each, the first one lowest.
package struct SlotWindow {
  /// Slots in a window.
  package static let size = 8

  /// Those that are 0.
  package let empty: UInt32
  /// Those that have a tag.
  package let equal: UInt32

  /// Looks at eight of the slots, which all exist.
  ///
  /// - Parameters:
  ///   - slots: the table.
  ///   - start: the first of the eight.
  ///   - tag: what the slots are compared with.
  ///   - mask: the bits of a slot that hold its tag.
  @inline(__always)
  package init(
    _ slots: borrowing PackedArray<UInt32>,
    from start: Int,
    tag: UInt32,
    mask: UInt32
  ) {
    precondition(start >= 0 && start <= slots.count - Self.size, "slots that are not there")
    let found = slots.span.withUnsafeBufferPointer { slots in
      guard let base = slots.baseAddress else { return scan_slots(empty: 0, equal: 0) }
      return scan_slots8(base + start, tag, mask)
    }
    (empty, equal) = (found.empty, found.equal)
  }
}
