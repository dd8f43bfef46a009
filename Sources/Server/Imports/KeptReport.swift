import Bytes
import Glibc
import ImportModel
import Logging
import Reports
import Stores
import SystemPackage

/// The report of a run that was applied, kept beside the store: `STORE-reports/ID.ndjson`.
///
/// What fails here is told in the log and ends the keeping, never the run.
struct KeptReport {
  private let logger: Logger
  private let run: String
  private var file: OutputFile?

  /// Begins to keep the report of a run.
  init(of run: String, store: String, logger: Logger) {
    self.run = run
    self.logger = logger
    let folder = StoreFiles.reportsFolder(of: store)
    if mkdir(folder, 0o777) != 0 && errno != EEXIST {
      let reason = Errno(rawValue: errno).description
      warn("the folder \(folder) cannot be made: \(reason)")
      return
    }
    do throws(ImportError) {
      file = try OutputFile.open(Self.path(of: run, store: store))
    } catch {
      warn(error.message)
    }
  }

  /// Where the report of a run is kept.
  static func path(of run: String, store: String) -> String {
    "\(StoreFiles.reportsFolder(of: store))/\(run).ndjson"
  }

  /// Adds bytes, and takes them out of the buffer.
  mutating func write(_ bytes: inout Bytes.ByteBuffer) {
    attempt { (file) throws(ImportError) in try file.write(&bytes) }
    bytes.removeAll()
  }

  /// Gives the file its name.
  mutating func finish() {
    attempt { (file) throws(ImportError) in try file.finish() }
    file = nil
  }

  /// Keeps nothing.
  mutating func abandon() {
    file?.abandon()
    file = nil
  }

  private mutating func attempt(_ work: (OutputFile) throws(ImportError) -> Void) {
    guard let file else { return }
    do throws(ImportError) {
      try work(file)
    } catch {
      warn(error.message)
      abandon()
    }
  }

  private func warn(_ reason: String) {
    logger.warning(
      "report not kept",
      metadata: ["run": .string(run), "error": .string(reason)]
    )
  }
}
