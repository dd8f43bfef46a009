import JSON
import Stores

/// The update of many extensions at a time.
extension Platform {
  private static let maximumRecordCount = 500

  /// Changes extensions, each by itself, and answers with a task.
  mutating func startBulkUpdate(
    _ request: PlatformRequest,
    _ faults: Set<FaultKind>
  ) throws(PlatformError) -> String {
    let body = try request.object()
    guard let value = body["records"] else { throw .missing("records") }
    guard let records = value.array else { throw .invalid("records") }
    guard records.count <= Self.maximumRecordCount else {
      throw PlatformError(
        status: 400,
        code: "CMN-106",
        message: "There are more than \(Self.maximumRecordCount) records",
        parameter: "records"
      )
    }
    // Nothing is changed before all records are known to be records.
    let updates = try records.map { (record) throws(PlatformError) in try Self.identified(record) }
    let results = faults.contains(.taskFailed) ? [] : updates.map { apply($0.object, to: $0.id) }
    let end: BulkTask.End =
      faults.contains(.taskStuck) ? .never : faults.contains(.taskFailed) ? .failed : .completed
    let task = BulkTask(
      id: "\(account.id)-\(account.id)-\(AccessTokens.randomText(partCount: 2))",
      creationTime: UTCTime.now.description,
      results: results,
      end: end
    )
    tasks[task.id] = task
    return json(of: task, request, faults)
  }

  /// How far a task is.
  mutating func bulkTask(
    _ id: String,
    _ request: PlatformRequest,
    _ faults: Set<FaultKind>
  ) throws(PlatformError) -> String {
    guard var task = tasks[id] else { throw .notFound("taskId", id) }
    task.advance()
    tasks[id] = task
    return json(of: task, request, faults)
  }

  private static func identified(
    _ record: JSONValue
  ) throws(PlatformError) -> (id: String, object: JSONObject) {
    guard let object = record.object else { throw .invalid("records") }
    guard let id = object["id"]?.string else { throw .missing("records.id") }
    return (id, object)
  }

  private mutating func apply(_ object: JSONObject, to id: String) -> BulkTask.Result {
    var result = BulkTask.Result(extensionID: id)
    do throws(PlatformError) {
      guard let number = Int64(id) else { throw .notFound("extensionId", id) }
      _ = try account.update(
        number,
        try ExtensionUpdate(object),
        rules: settings.rules,
        provisions: settings.rules.bulkProvisions
      )
    } catch {
      result.error = error
    }
    return result
  }

  private func json(
    of task: BulkTask,
    _ request: PlatformRequest,
    _ faults: Set<FaultKind>
  ) -> String {
    task.json(
      at: ExtensionAddress(origin: request.origin, account: account.id),
      asArray: faults.contains(.arrayResult)
    )
  }
}
