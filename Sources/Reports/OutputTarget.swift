import Bytes
import Glibc
import ImportModel
import SystemPackage

/// What stands under an output's name before anything is written, and what may be done with it.
struct OutputTarget {
  enum Place {
    /// The file of this absolute path is made or replaced.
    case file(String)
    /// A device or a pipe that is there is written to as it is.
    case stream
  }

  let name: String
  let place: Place
  /// The permissions of the file that is replaced.
  private let permissions: FilePermissions?

  /// Looks at what stands under the name.
  ///
  /// - Throws: `outputNotMade` when it is a directory, an input, a link that leads nowhere, or
  ///   cannot be looked at.
  init(_ name: String, keeping inputs: Set<FileIdentity>) throws(ImportError) {
    self.name = name
    let path = FilePath(name)
    guard !name.isEmpty else { throw Self.refusal("An output needs a name", name) }
    do {
      let found = try Stat(path)
      switch found.type {
      case .directory:
        throw Self.refusal("The output is a folder", name, hint: "Name a file in it")
      case .regular:
        try Self.check(found, name, keeping: inputs)
        guard access(name, W_OK) == 0, let file = ResolvedPath.of(name) else {
          throw Errno(rawValue: errno)
        }
        place = .file(file)
        permissions = found.permissions
      default:
        place = .stream
        permissions = nil
      }
    } catch Errno.noSuchFileOrDirectory {
      place = .file(try Self.newFile(name))
      permissions = nil
    } catch let error as ImportError {
      throw error
    } catch {
      throw Self.refusal("The output cannot be made: \(error)", name)
    }
  }

  /// Refuses an open file that is an input: what is written would become data.
  static func check(
    _ descriptor: FileDescriptor,
    _ name: String,
    keeping inputs: Set<FileIdentity>
  ) throws(ImportError) {
    // What cannot be looked at, such as a closed standard output, fails when it is written.
    guard let found = try? Stat(descriptor), found.type == .regular else { return }
    try check(found, name, keeping: inputs)
  }

  /// Opens what is there, without making or cutting anything.
  func openStream() throws(ImportError) -> FileDescriptor {
    do {
      return try FileDescriptor.open(FilePath(name), .writeOnly, options: [.closeOnExec])
    } catch {
      throw Self.refusal("The output cannot be opened: \(error)", name)
    }
  }

  /// Makes the file that will take the target's place, in the same directory.
  func makeTemporary(
    beside file: String
  ) throws(ImportError) -> (descriptor: FileDescriptor, path: String) {
    let directory = FilePath(file).removingLastComponent()
    // 64 random bits do not meet twice; a second attempt is for names that somebody left behind.
    for attempt in 1...3 {
      let random = String(UInt64.random(in: .min ... .max), radix: 16)
      let path = directory.appending(".rcimport-\(random).part")
      do {
        let descriptor = try FileDescriptor.open(
          path,
          .writeOnly,
          options: [.create, .exclusiveCreate, .closeOnExec],
          permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
        )
        if let permissions { fchmod(descriptor.rawValue, permissions.rawValue) }
        return (descriptor, path.string)
      } catch Errno.fileExists where attempt < 3 {
        continue
      } catch {
        throw Self.refusal("The output cannot be made in \(directory): \(error)", name)
      }
    }
    throw Self.refusal("The output cannot be made in \(directory)", name)
  }

  private static func check(
    _ found: Stat,
    _ name: String,
    keeping inputs: Set<FileIdentity>
  ) throws(ImportError) {
    let identity = FileIdentity(
      device: UInt64(found.deviceID.rawValue),
      inode: UInt64(found.inode.rawValue)
    )
    guard inputs.contains(identity) else { return }
    throw refusal(
      "The output would replace an input",
      name,
      hint: "Choose another name for the output"
    )
  }

  /// The absolute path of a file that is not there yet.
  private static func newFile(_ name: String) throws(ImportError) -> String {
    let path = FilePath(name)
    if (try? Stat(path, followTargetSymlink: false)) != nil {
      throw refusal("The output is a link that leads nowhere", name, hint: "Remove the link")
    }
    guard let last = path.lastComponent, last.kind == .regular, !name.hasSuffix("/") else {
      throw refusal("The output is a folder that does not exist", name, hint: "Name a file")
    }
    let parent = path.removingLastComponent()
    let directory = parent.isEmpty ? "." : parent.string
    guard let resolved = ResolvedPath.of(directory) else {
      throw refusal(
        "The folder \(directory) does not exist",
        name,
        hint: "Make the folder first, or choose another place"
      )
    }
    return FilePath(resolved).appending(last).string
  }

  private static func refusal(_ message: String, _ name: String, hint: String? = nil)
    -> ImportError
  {
    ImportError(.outputNotMade, message, hint: hint, file: name)
  }
}
