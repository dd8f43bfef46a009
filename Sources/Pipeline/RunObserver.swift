import ImportModel
package import Reports

/// What a run is doing.
package enum RunStage: Sendable, Equatable {
  case reading
  case comparing
  /// At the extensions of the target's account.
  case looking
  case applying
  /// To a target outside the store.
  case sending
  case reporting
}

/// How far a stage is.
package struct RunProgress: Sendable {
  package var stage: RunStage
  /// The input that is being read, when there is one.
  package var input: String?
  /// Rows done in this stage.
  package var rowCount: Int
  /// Rows of the stage, when known.
  package var totalRowCount: Int?
  /// Bytes done in this stage; 0 where bytes say nothing.
  package var byteCount: UInt64
  /// Bytes of the stage, when known.
  package var totalByteCount: UInt64?
  /// How long the target still wants to be left alone.
  package var pause: Duration?
}

/// Watches a run and may stop it.
package protocol RunObserver: AnyObject {
  /// Called once a batch.
  func progress(_ progress: RunProgress)

  /// Says what each input is, once all are opened.
  func opened(_ descriptions: [String])

  /// Says what the run came to, once it is settled and applied and before its rows are reported.
  func willReport(_ summary: Summary)

  /// Whether the run was told to stop.
  var isInterrupted: Bool { get }
}

extension RunObserver {
  package func willReport(_ summary: Summary) {}

  /// Stops the run when it was told to.
  func checkInterruption() throws(ImportError) {
    if isInterrupted {
      throw ImportError(.interrupted, "stopped by a signal")
    }
  }
}
