import Foundation
import Support

/// A small file system in memory that only one run sees: it is gone with the run's processes.
struct OwnMount {
  /// Whether file systems can be mounted here, which takes root and a kernel that lets it.
  static let isPossible: Bool = {
    guard let place = try? Workspace(), let mount = try? OwnMount(place, options: "size=4096")
    else { return false }
    return (try? mount.run("true").code) == 0
  }()

  private let place: Workspace
  private let options: String

  /// Prepares the mount of tmpfs(5) on the folder `mount` of the working folder.
  init(_ place: Workspace, options: String) throws {
    self.place = place
    self.options = options
    try FileManager.default.createDirectory(
      atPath: place.path("mount"),
      withIntermediateDirectories: true
    )
  }

  /// Runs a script of the shell in the mounted folder, with the program as `$rcimport`.
  func run(_ script: String) throws -> RunResult {
    let mounted = "mount -t tmpfs -o \(options) tmpfs mount && cd mount || exit 99\n"
    return try place.start(
      ["-m", "sh", "-c", mounted + script],
      environment: ["rcimport=\(Binary.path)"],
      program: "/usr/bin/unshare"
    ).finish()
  }
}
