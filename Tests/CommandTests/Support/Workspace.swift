import Foundation
import Glibc

/// A folder of one test in which the program runs; removed with all its content afterwards.
///
///     root/work    the working folder, with the inputs, reports and the store
///     root/temp    $TMPDIR
///     root/out     what the program wrote to its streams
final class Workspace {
  /// What a run's standard input is.
  enum Input {
    case nothing
    /// Text that comes through a pipe; what a pipe can hold at most, about 1 MB.
    case text(String)
    case bytes([UInt8])
    /// A file of the working folder.
    case file(String)
  }

  private let root: URL
  let path: String
  private let temporary: String
  private var runCount = 0

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "rcimport-\(UUID().uuidString)")
    path = root.appending(path: "work").path
    temporary = root.appending(path: "temp").path
    for folder in [path, temporary, root.appending(path: "out").path] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  // MARK: - Files

  /// The path of a name in the working folder.
  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes a file.
  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// Makes a file.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: path(name)))
  }

  /// Adds text to the end of a file.
  func append(_ text: String, to name: String) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path(name)))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
  }

  /// Gives a file, which stays the same one, other content.
  func overwrite(_ name: String, with text: String) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path(name)))
    defer { try? file.close() }
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data(text.utf8))
  }

  /// The size of a file; 0 when it is not there.
  func byteCount(of name: String) -> Int {
    var information = stat()
    return stat(path(name), &information) == 0 ? Int(information.st_size) : 0
  }

  /// The content of a file.
  func bytes(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }

  /// The content of a file as text.
  func text(of name: String) throws -> String {
    String(decoding: try bytes(of: name), as: UTF8.self)
  }

  /// Whether there is such a name.
  func has(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  /// The names in the working folder or one below it, hidden ones included.
  func allNames(in folder: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  /// The names in the working folder, hidden ones included, but not those of the store.
  func names() throws -> [String] {
    try allNames().filter { !$0.hasPrefix("rcimport.sqlite") }
  }

  /// The path of a name in the folder for temporary files.
  func temporaryPath(_ name: String) -> String { "\(temporary)/\(name)" }

  /// Names that the program left in the folder for temporary files.
  var temporaryNames: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: temporary) }
  }

  // MARK: - Running

  /// Runs the program to its end.
  @discardableResult
  func run(
    _ arguments: String...,
    input: Input = .nothing,
    environment: [String] = []
  ) throws -> RunResult {
    try run(arguments, input: input, environment: environment)
  }

  /// Runs the program to its end.
  @discardableResult
  func run(
    _ arguments: [String],
    input: Input = .nothing,
    environment: [String] = []
  ) throws -> RunResult {
    try start(arguments, input: input, environment: environment).finish()
  }

  /// Starts the program; its standard output goes to a descriptor, if one is given, else to a file.
  ///
  /// With a file limit, in units of 512 bytes, a write beyond it fails like one to a full disk. What
  /// starts stopped waits for a signal or for `SystemCallTrace`. A shell's redirections, such as
  /// `<&-`, have the last word.
  func start(
    _ arguments: [String],
    input: Input = .nothing,
    environment: [String] = [],
    output: Int32? = nil,
    fileLimit: Int? = nil,
    startsStopped: Bool = false,
    redirections: String = "",
    program: String = Binary.path
  ) throws -> Run {
    runCount += 1
    let out = root.appending(path: "out/\(runCount).out").path
    let err = root.appending(path: "out/\(runCount).err").path
    let source = try open(input)
    defer { close(source) }
    let ownOutput = try Self.openFile(out, O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(ownOutput) }
    let error = try Self.openFile(err, O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(error) }
    var command = [program] + arguments
    if let fileLimit {
      // Without the signal that a limit brings with it, and a full disk does not.
      let script = "trap '' XFSZ; ulimit -f \(fileLimit); exec \"$0\" \"$@\""
      command = ["/bin/sh", "-c", script] + command
    }
    if startsStopped || !redirections.isEmpty {
      let stop = startsStopped ? "kill -STOP $$; " : ""
      command = ["/bin/sh", "-c", "\(stop)exec \"$0\" \"$@\" \(redirections)"] + command
    }
    let process = try ChildProcess(
      command[0],
      Array(command.dropFirst()),
      environment: self.environment(adding: environment),
      folder: path,
      streams: .init(input: source, output: output ?? ownOutput, error: error)
    )
    return Run(process: process, outputPath: out, errorPath: err, workspace: self)
  }

  /// Starts the program on a terminal.
  func start(
    on terminal: PseudoTerminal,
    _ arguments: [String],
    environment: [String] = []
  ) throws -> ChildProcess {
    try ChildProcess(
      Binary.path,
      arguments,
      environment: self.environment(adding: ["TERM=xterm"] + environment),
      folder: path,
      terminal: terminal.name
    )
  }

  /// An environment that does not depend on whoever runs the tests; later entries win.
  private func environment(adding more: [String]) -> [String] {
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": path, "TMPDIR": temporary, "LANG": "C.UTF-8",
      // A crash must end the program, not start a debugger in it.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let inherited = ProcessInfo.processInfo.environment
    // Whoever runs the tests may want to know what they cover, or how sanitizers are set.
    for name in [
      "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE", "LD_PRELOAD", "ASAN_OPTIONS", "TSAN_OPTIONS",
    ] {
      variables[name] = inherited[name]
    }
    for entry in more {
      let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      variables[String(parts[0])] = parts.count == 2 ? String(parts[1]) : nil
    }
    return variables.map { "\($0.key)=\($0.value)" }.sorted()
  }

  private func open(_ input: Input) throws -> Int32 {
    switch input {
    case .nothing: return try Self.openFile("/dev/null", O_RDONLY)
    case .file(let name): return try Self.openFile(path(name), O_RDONLY)
    case .text(let text): return try Self.pipe(holding: Array(text.utf8))
    case .bytes(let bytes): return try Self.pipe(holding: bytes)
    }
  }

  /// Opens a file for writing, as a program's output.
  func openFile(_ path: String) throws -> OpenFile {
    let full = path.hasPrefix("/") ? path : self.path(path)
    return OpenFile(descriptor: try Self.openFile(full, O_WRONLY))
  }

  private static func openFile(_ path: String, _ flags: Int32) throws -> Int32 {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    return descriptor
  }

  /// The reading end of a pipe that nobody writes to any more.
  private static func pipe(holding bytes: [UInt8]) throws -> Int32 {
    let (reader, writer) = try ChildProcess.makePipe()
    defer { close(writer) }
    // 1 MiB is what every user may ask for (/proc/sys/fs/pipe-max-size).
    ChildProcess.setCapacity(1 << 20, ofPipe: writer)
    _ = fcntl(writer, F_SETFL, O_NONBLOCK)
    guard bytes.isEmpty || Glibc.write(writer, bytes, bytes.count) == bytes.count else {
      close(reader)
      throw POSIXError(.EFBIG)
    }
    return reader
  }
}

/// An open file, closed with this object.
final class OpenFile {
  let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }
}

/// The program at work, with its output going to files.
struct Run {
  let process: ChildProcess
  fileprivate let outputPath: String
  fileprivate let errorPath: String
  /// Keeps the folder as long as the program runs in it.
  fileprivate let workspace: Workspace

  /// What it wrote to standard error by now.
  var errorSoFar: String {
    get throws { String(decoding: try Data(contentsOf: URL(filePath: errorPath)), as: UTF8.self) }
  }

  /// Waits for the end.
  func finish() throws -> RunResult {
    let end = try process.wait()
    return RunResult(
      end: end,
      output: try Data(contentsOf: URL(filePath: outputPath)),
      error: try Data(contentsOf: URL(filePath: errorPath))
    )
  }
}
