import Bytes

/// Groups of plan rows that have something in common, such as the extension they want.
///
/// A finding names a group by its number; the group's rows are stored once, however many findings
/// point to them.
package struct RowGroups: ~Copyable, Sendable {
  private var members: PackedArray<UInt32>
  private var starts: PackedArray<UInt32>

  /// Makes no groups.
  package init() {
    members = PackedArray()
    starts = PackedArray()
  }

  /// Number of groups.
  package var count: Int { starts.count }

  /// Begins a group and returns its number; members added from now on are its.
  package mutating func begin() -> Int {
    starts.append(UInt32(members.count))
    return starts.count - 1
  }

  /// Adds a row, by its index in the plan, to the group that began last.
  package mutating func add(_ row: UInt32) { members.append(row) }

  /// The places of a group's members.
  package func range(of group: Int) -> Range<Int> {
    let end = group + 1 < starts.count ? Int(starts[group + 1]) : members.count
    return Int(starts[group])..<end
  }

  /// The member at a place.
  package func member(at place: Int) -> UInt32 { members[place] }
}
