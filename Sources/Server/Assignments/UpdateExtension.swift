import Logging
import Bytes
import HTTPTypes
import Hummingbird
import ImportModel
import JSON
import NIOCore
import Pipeline
import Stores
import Synchronization

/// `PUT /user/update-rcextension`: one user gets one extension.
final class UpdateExtension: Sendable {
  private let queue: AssignmentQueue
  private let metrics: ServerMetrics
  private let limit: Int
  private let checker = Mutex(SingleRowChecker())

  init(queue: AssignmentQueue, metrics: ServerMetrics, limit: Int) {
    self.queue = queue
    self.metrics = metrics
    self.limit = limit
  }

  /// The route.
  var route: Route {
    Route(.put, "/user/update-rcextension", .administrators) { try await self.answer($0) }
  }

  private func answer(_ request: APIRequest) async throws -> Response {
    try JSONBody.checkType(of: request.request.headers)
    let body = try await request.body(upTo: limit)
    let (user, number) = try checker.withLock { (checker) throws(APIFailure) in
      try AssignmentBody.values(in: Array(body.readableBytesView), checker: &checker)
    }
    let outcome = try await queue.assign(
      SingleAssignment(user: user, number: number, actor: request.administrator.subject)
    )
    switch outcome {
    case .applied:
      metrics.recordAssignment()
      request.logger.info(
        "extension assigned",
        metadata: ["actor": .string(request.administrator.subject)]
      )
      return .json(Self.success)
    case .unchanged:
      return .json(Self.success)
    case .userNotFound:
      throw APIFailure.userNotFound
    case .taken:
      // Whose it is stays between the store and its administrators.
      throw refusal(.alreadyAssigned, number)
    case .unavailable(let code):
      throw refusal(code, number)
    }
  }

  private static let success =
    #"{"message":"RingCentral extension updated successfully","data":{}}"#

  private func refusal(_ code: ReasonCode, _ number: ExtensionNumber) -> APIFailure {
    let finding = Finding(code, .error, field: .extensionNumber)
    return .invalid(ReasonText.message(finding, value: number.description))
  }
}
