import Glibc

/// The files of one measurement, in a folder of their own.
struct Workplace {
  let folder: String
  let rowCount: Int

  /// The file of an input.
  func path(of input: GeneratedInput) -> String { "\(folder)/\(rowCount)-\(input.rawValue)" }

  /// Where reports go.
  var report: String { "\(folder)/report.ndjson" }

  /// The store.
  var store: String { "\(folder)/store.sqlite" }

  /// Makes the folder and lets `body` work in it; removes it afterwards.
  static func with(
    folder parent: String,
    _ body: (_ folder: String) throws -> Void
  ) throws {
    let folder = "\(parent)/rcbench-\(getpid())"
    guard mkdir(folder, 0o700) == 0 else { throw BenchmarkFailure("cannot make \(folder)") }
    defer {
      removeContents(of: folder)
      rmdir(folder)
    }
    try body(folder)
  }

  /// Removes report and store, so that the next run begins with nothing.
  func removeResults() {
    Self.removeContents(of: folder) { $0.hasPrefix("report.") || $0.hasPrefix("store.") }
  }

  private static func removeContents(
    of folder: String,
    where isUnwanted: (String) -> Bool = { _ in true }
  ) {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
      )
    }
    for name in names where isUnwanted(name) && !name.hasPrefix(".") { unlink("\(folder)/\(name)") }
  }
}

/// Why nothing can be measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String
  let isMissingProgram: Bool

  /// Makes a failure with its sentence.
  init(_ description: String, isMissingProgram: Bool = false) {
    self.description = description
    self.isMissingProgram = isMissingProgram
  }
}
