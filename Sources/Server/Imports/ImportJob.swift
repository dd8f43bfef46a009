import Bytes
import ImportModel
import Logging
import NIOCore
import NIOPosix
import Pipeline
import Reports
import Synchronization

/// One import: runs on a thread of its own and hands its report to the task that answers.
final class ImportJob: Sendable {
  /// Pieces of the report.
  let report: ReportHandover

  private let request: ImportRequest
  /// What the request reads.
  private let upload: UploadFile
  private let logger: Logger
  private let isStopped = Mutex(false)
  /// Fulfilled when the report begins: all is settled and, unless it is a dry run, applied.
  private let begun: EventLoopPromise<Summary>
  /// Fulfilled behind the last piece of the report.
  private let ended: EventLoopPromise<Summary>

  /// Makes a job of a request that reads a file.
  init(_ request: ImportRequest, reading upload: UploadFile, logger: Logger) {
    let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
    self.request = request
    self.upload = upload
    self.logger = logger
    report = ReportHandover(on: eventLoop)
    begun = eventLoop.makePromise()
    ended = eventLoop.makePromise()
  }

  /// Waits for the beginning of the report.
  ///
  /// - Returns: what the import came to.
  /// - Throws: `ImportError` when it could not go on.
  func waitForBeginning() async throws -> Summary { try await begun.futureResult.get() }

  /// Waits for the end of the report.
  ///
  /// - Throws: `ImportError` when the report is not complete.
  func waitForEnd() async throws -> Summary { try await ended.futureResult.get() }

  /// Tells the job that nobody waits for it: a dry run ends, and so does an import that is not
  /// applied yet; an applied one only keeps its report.
  func stop() {
    isStopped.withLock { $0 = true }
    report.close()
  }

  /// Ends the job without doing it, because the server stops.
  func refuse() { end(throwing: ImportError(.interrupted, "the server is being stopped")) }

  /// Does the import.
  func run() async {
    await withTaskCancellationHandler {
      let watch = ImportWatch(self)
      do throws(ImportError) {
        ended.succeed(
          try ImportRun(request, observer: watch, reportSink: watch).run()
        )
        report.complete()
      } catch {
        end(throwing: error)
      }
    } onCancel: {
      stop()
    }
  }

  private func end(throwing error: ImportError) {
    log(error)
    // Of two ends of a promise the first one counts.
    begun.fail(error)
    ended.fail(error)
    report.complete()
  }

  /// Notes what the client is not told, or was not there to be told.
  private func log(_ error: ImportError) {
    switch error.kind {
    case .unusableInput, .tryAgainLater:
      logger.notice("import refused", metadata: ["error": .string("\(error.kind)")])
    case .interrupted, .readerGone:
      logger.notice("import stopped", metadata: ["error": .string("\(error.kind)")])
    default:
      let sentence = error.finding.map { ReasonText.message($0, value: nil) } ?? error.message
      logger.error("import failed", metadata: ["error": .string(sentence)])
    }
  }

  // MARK: - What the run says

  fileprivate var hasStopped: Bool { isStopped.withLock { $0 } }

  fileprivate func begin(_ summary: Summary) { begun.succeed(summary) }

  /// Makes the file that keeps the report of a run that was applied.
  fileprivate func keptReport(of run: String) -> KeptReport {
    KeptReport(of: run, store: request.store, logger: logger)
  }
}

/// What a run tells its job, and where its report goes; lives on the run's thread.
private final class ImportWatch: RunObserver, OutputSink {
  private let job: ImportJob
  private var kept: KeptReport?
  private var isApplied = false

  init(_ job: ImportJob) { self.job = job }

  // MARK: - Watching

  func progress(_ progress: RunProgress) {}

  func opened(_ descriptions: [String]) {}

  func willReport(_ summary: Summary) {
    if let run = summary.runID {
      isApplied = true
      kept = job.keptReport(of: run)
    }
    job.begin(summary)
  }

  var isInterrupted: Bool { !isApplied && job.hasStopped }

  // MARK: - Reporting

  func write(_ bytes: inout Bytes.ByteBuffer) throws(ImportError) {
    var piece = NIOCore.ByteBuffer()
    piece.reserveCapacity(bytes.count)
    piece.writeBytes(bytes.span.bytes)
    kept?.write(&bytes)
    bytes.removeAll()
    guard job.report.give(piece) || isApplied else {
      throw ImportError(.readerGone, "Whoever asked for the import went away")
    }
  }

  func finish() throws(ImportError) {
    kept?.finish()
    kept = nil
  }

  func abandon() {
    kept?.abandon()
    kept = nil
  }
}
