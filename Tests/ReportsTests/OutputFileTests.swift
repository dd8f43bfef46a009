import Bytes
import Foundation
import ImportModel
import Reports
import SystemPackage
import Testing

struct OutputFileTests {
  @Test func `a file appears under its name only when it is finished`() throws {
    let folder = try TemporaryFolder()
    let output = try OutputFile.open(folder.path("out"))
    try write("one", to: output)
    #expect(try folder.names.count == 1)
    #expect(try folder.names.first?.hasPrefix(".rcimport-") == true)
    try output.finish()
    #expect(try folder.names == ["out"])
    #expect(try folder.text(of: "out") == "one")
  }

  @Test func `an output given up leaves nothing, and what it would have replaced`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "out")
    let output = try OutputFile.open(folder.path("out"))
    try write("new", to: output)
    output.abandon()
    output.abandon()
    #expect(try folder.names == ["out"])
    #expect(try folder.text(of: "out") == "old")
  }

  @Test func `an output that nobody finishes is given up`() throws {
    let folder = try TemporaryFolder()
    do {
      let output = try OutputFile.open(folder.path("out"))
      try write("new", to: output)
    }
    #expect(try folder.names == [])
  }

  @Test func `finishing replaces a file as a whole and keeps its permissions`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old and longer", to: "out")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640],
      ofItemAtPath: folder.path("out")
    )
    let output = try OutputFile.open(folder.path("out"))
    try write("new", to: output)
    #expect(try folder.text(of: "out") == "old and longer")
    try output.finish()
    output.abandon()
    #expect(try folder.text(of: "out") == "new")
    #expect(try Stat(FilePath(folder.path("out"))).permissions == FilePermissions(rawValue: 0o640))
  }

  @Test func `an input is refused as an output, also by another of its names`() throws {
    let folder = try TemporaryFolder()
    try folder.write("data", to: "in.csv")
    try FileManager.default.linkItem(atPath: folder.path("in.csv"), toPath: folder.path("hard"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("soft"),
      withDestinationPath: "in.csv"
    )
    let stat = try Stat(FilePath(folder.path("in.csv")))
    let identity = FileIdentity(
      device: UInt64(stat.deviceID.rawValue),
      inode: UInt64(stat.inode.rawValue)
    )
    for name in ["in.csv", "hard", "soft", "./in.csv"] {
      let error = refusal(of: folder.path(name), keeping: [identity])
      #expect(error?.kind == .outputNotMade)
      #expect(error?.message == "The output would replace an input")
    }
    let open = try FileDescriptor.open(folder.path("in.csv"), .writeOnly, options: [.append])
    defer { try? open.close() }
    #expect(throws: ImportError.self) {
      try OutputFile(streamingTo: open, name: "-", keeping: [identity])
    }
    #expect(try folder.text(of: "in.csv") == "data")
  }

  @Test func `a link stays a link, and the file it leads to is replaced`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "real")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"),
      withDestinationPath: "real"
    )
    let output = try OutputFile.open(folder.path("link"))
    #expect(output.path?.hasSuffix("/real") == true)
    try write("new", to: output)
    try output.finish()
    #expect(try folder.text(of: "real") == "new")
    #expect(
      try Stat(FilePath(folder.path("link")), followTargetSymlink: false).type == .symbolicLink
    )
    #expect(try folder.names == ["link", "real"])
  }

  @Test func `targets that cannot be are refused before anything is made`() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "file")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("dangling"),
      withDestinationPath: "nowhere"
    )
    let missing = folder.path("missing")
    let table: [(path: String, message: String)] = [
      ("", "An output needs a name"),
      (folder.path, "The output is a folder"),
      (folder.path("new/"), "The output is a folder that does not exist"),
      (folder.path("dangling"), "The output is a link that leads nowhere"),
      (folder.path("missing/out"), "The folder \(missing) does not exist"),
      (folder.path("file/out"), "The output cannot be made: Not a directory"),
    ]
    for (path, message) in table {
      let error = refusal(of: path)
      #expect(error?.kind == .outputNotMade)
      #expect(error?.message == message)
      #expect(error?.file == path)
    }
    #expect(try folder.names == ["dangling", "file"])
  }

  @Test func `a device is written to as it is`() throws {
    let output = try OutputFile.open("/dev/null")
    #expect(output.path == nil)
    try write("gone", to: output)
    try output.finish()
    #expect(try Stat("/dev/null").type == .characterSpecial)
  }

  @Test func `a full device is an output that is not written`() throws {
    let output = try OutputFile.open("/dev/full")
    let error = #expect(throws: ImportError.self) { try write("lost", to: output) }
    #expect(error?.kind == .outputNotWritten)
    #expect(error?.message == "The output cannot be written: No space left on device")
    #expect(error?.file == "/dev/full")
    #expect(error?.hint != nil)
  }

  @Test func `a stream is written at once, and a reader that went away is told apart`() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = try FileDescriptor.pipe()
    let output = try OutputFile(streamingTo: pipe.writeEnd, name: "-")
    try write("abc", to: output)
    var read = ByteBuffer()
    #expect(try read.read(from: pipe.readEnd, atMost: 10) == 3)
    try pipe.readEnd.close()
    let error = #expect(throws: ImportError.self) { try write("abc", to: output) }
    #expect(error?.kind == .readerGone)
    output.abandon()
    // The stream belongs to whoever opened it.
    try pipe.writeEnd.close()
  }

  private func write(_ text: String, to output: OutputFile) throws {
    var buffer = ByteBuffer()
    buffer.append(text: text)
    try output.write(&buffer)
    let isEmpty = buffer.isEmpty
    #expect(isEmpty)
  }

  private func refusal(of path: String, keeping inputs: Set<FileIdentity> = []) -> ImportError? {
    do {
      _ = try OutputFile.open(path, keeping: inputs)
      return nil
    } catch {
      return error
    }
  }
}
