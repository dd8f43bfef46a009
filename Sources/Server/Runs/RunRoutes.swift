import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSON
import Pipeline
import Stores

/// `GET /runs` and what is below it: past runs, and the reports that this server kept of them.
struct RunRoutes {
  private let backend: ServerBackend

  /// Makes the routes.
  static func routes(_ backend: ServerBackend) -> [Route] {
    let runs = RunRoutes(backend: backend)
    return [
      Route(.get, "/runs", .administrators) { try await runs.list($0) },
      Route(.get, "/runs/{id}", .administrators) { try await runs.detail($0) },
      Route(.get, "/runs/{id}/report", .administrators) { try await runs.report($0) },
    ]
  }

  private init(backend: ServerBackend) { self.backend = backend }

  /// The latest runs, newest first: `{"runs":[...]}`.
  private func list(_ request: APIRequest) async throws -> Response {
    let limit = try RunParameters.limit(query: request.request.uri.query)
    let runs = try await Blocking.run { [store = backend.store] in try store.runs(limit: limit) }
    var writer = JSONWriter()
    writer.object {
      $0.member("runs") {
        $0.array {
          for run in runs { $0.element { RunJSON.write(run, to: &$0) } }
        }
      }
    }
    return .json(writer.text)
  }

  /// One run in detail.
  private func detail(_ request: APIRequest) async throws -> Response {
    let id = try runID(of: request)
    let detail = try await Blocking.run { [store = backend.store] in try store.run(id) }
    guard let detail else { throw APIFailure.runNotFound }
    var writer = JSONWriter()
    RunJSON.write(detail, to: &writer)
    return .json(writer.text)
  }

  /// The report of a run, as its import was answered.
  private func report(_ request: APIRequest) async throws -> Response {
    let id = try runID(of: request)
    let run = try await Blocking.run { [store = backend.store] in try store.run(id) }
    guard run != nil else { throw APIFailure.runNotFound }
    let path = KeptReport.path(of: id.description, store: backend.settings.storePath)
    guard let report = try await RunReport.open(path) else { throw APIFailure.reportNotKept }
    return report.response(on: request.channel)
  }

  private func runID(of request: APIRequest) throws(APIFailure) -> RunID {
    guard let number = request.parameters["id"].flatMap(RunParameters.number)
    else { throw .runNotFound }
    return RunID(number)
  }
}

extension APIFailure {
  /// 404: the store knows no such run.
  fileprivate static let runNotFound = APIFailure(
    .notFound,
    code: "NOT_FOUND",
    "There is no run of this number"
  )

  /// 404: the run is known, its report is not.
  fileprivate static let reportNotKept = APIFailure(
    .notFound,
    code: "NOT_FOUND",
    "This server kept no report of the run: it keeps those of imports that it applied itself"
  )
}
