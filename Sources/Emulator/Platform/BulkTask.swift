import JSON

/// An update of many extensions, which is done by the time that it has an id.
///
/// A client sees it accepted, then in progress, then completed.
struct BulkTask: Sendable {
  /// What became of one extension.
  struct Result: Sendable {
    var extensionID: String
    var error: PlatformError?
  }

  /// How it ends.
  enum End: Sendable { case completed, failed, never }

  let id: String
  let creationTime: String
  let results: [Result]
  let end: End
  /// How often it was asked for.
  private(set) var readCount = 0

  init(id: String, creationTime: String, results: [Result], end: End) {
    self.id = id
    self.creationTime = creationTime
    self.results = results
    self.end = end
  }

  /// The status, as a client that asked so often sees it.
  var status: String {
    if readCount == 0 { return "Accepted" }
    if readCount == 1 || end == .never { return "InProgress" }
    return end == .completed ? "Completed" : "Failed"
  }

  /// Counts that a client asked.
  mutating func advance() { readCount += 1 }

  /// The body of an answer about it.
  ///
  /// As an array the results are those of RingCentral's example; its schema has an object with the
  /// array in it.
  func json(at address: ExtensionAddress, asArray: Bool) -> String {
    var writer = JSONWriter()
    writer.object {
      $0.member("id", id)
      $0.member("uri", "\(address.account)/extension-bulk-update/tasks/\(id)")
      $0.member("status", status)
      $0.member("creationTime", creationTime)
      $0.member("lastModifiedTime", creationTime)
      if status == "Completed" { writeResult(to: &$0, asArray: asArray) }
    }
    return writer.text
  }

  private func writeResult(to task: inout JSONWriter, asArray: Bool) {
    task.member("result") { result in
      result.object { object in
        object.member("affectedItems") { items in
          if asArray {
            writeItems(to: &items)
          } else {
            items.object { $0.member("result") { writeItems(to: &$0) } }
          }
        }
        object.member("errors") { writeErrors(results.compactMap(\.error), to: &$0) }
      }
    }
  }

  private func writeItems(to writer: inout JSONWriter) {
    writer.array { list in
      for result in results {
        list.element {
          $0.object { item in
            item.member("extensionId", result.extensionID)
            item.member("status", result.error == nil ? "Success" : "Fail")
            if let error = result.error { item.member("errors") { writeErrors([error], to: &$0) } }
          }
        }
      }
    }
  }

  private func writeErrors(_ errors: [PlatformError], to writer: inout JSONWriter) {
    writer.array { list in
      for error in errors { list.element { error.writeObject(to: &$0) } }
    }
  }
}
