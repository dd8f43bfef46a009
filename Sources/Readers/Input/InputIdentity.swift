package import SystemPackage

/// Which file a name stands for, whatever the name: its device and inode.
package struct InputIdentity: Hashable, Sendable {
  /// The file system's device.
  package let device: UInt64
  /// The file's number there.
  package let inode: UInt64

  init(_ state: Stat) {
    device = UInt64(truncatingIfNeeded: state.deviceID.rawValue)
    inode = UInt64(truncatingIfNeeded: state.inode.rawValue)
  }

  /// Looks a file up; `nil` when there is none or it cannot be seen.
  package init?(of path: FilePath) {
    guard let state = try? path.stat() else { return nil }
    self.init(state)
  }
}
