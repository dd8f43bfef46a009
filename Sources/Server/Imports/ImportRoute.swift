import HTTPTypes
import Hummingbird
import HummingbirdCore
import ImportModel
import NIOCore
import NIOHTTPTypes
import Pipeline
import Reports
import SystemPackage

/// `POST /user/rcextension-imports`: takes a CSV or XML file as the body, checks or applies it, and
/// answers with the report of every row while it is made.
struct ImportRoute {
  private let backend: ServerBackend

  static let path = "/user/rcextension-imports"

  /// Makes the route.
  static func route(_ backend: ServerBackend) -> Route {
    let imports = ImportRoute(backend: backend)
    return Route(.post, path, .administrators) { try await imports.answer($0) }
  }

  private init(backend: ServerBackend) { self.backend = backend }

  private func answer(_ request: APIRequest) async throws -> Response {
    let parameters = try ImportParameters(query: request.request.uri.query)
    try UploadHead.check(
      request.request.headers,
      limit: backend.settings.limits.maximumUploadByteCount
    )
    guard backend.imports.enter() else { throw APIFailure.allPlacesTaken }
    let departure = Departure()
    let job: ImportJob
    do {
      try await request.channel.pipeline.addHandler(departure, position: .first).get()
      let upload = try await receive(request, departure)
      job = ImportJob(
        importRequest(request, parameters, reading: upload),
        reading: upload,
        logger: request.logger
      )
    } catch {
      backend.imports.leave()
      throw error
    }
    departure.whenGone { job.stop() }
    backend.imports.start(job)
    do {
      let summary = try await job.waitForBeginning()
      return response(to: request, job, summary, departure)
    } catch let error as ImportError {
      request.channel.pipeline.removeHandler(departure, promise: nil)
      throw APIFailure(importing: error)
    }
  }

  // MARK: - Receiving

  private func receive(_ request: APIRequest, _ departure: Departure) async throws -> UploadFile {
    let headers = request.request.headers
    if headers[.expect]?.lowercased() == "100-continue" {
      // The client waits for this before it sends the body (RFC 9110, section 10.1.1).
      let goOn = HTTPResponsePart.head(HTTPResponse(status: .continue))
      try await request.channel.writeAndFlush(goOn).get()
    }
    let upload = try await UploadFile.receive(
      request.request.body,
      upTo: backend.settings.limits.maximumUploadByteCount
    )
    // A body that ends because its connection or the server does is no shorter import.
    try Task.checkCancellation()
    let length = headers[.contentLength].flatMap { Int($0) }
    let isWhole = length.map { $0 == upload.byteCount } ?? !departure.isGone
    guard isWhole else { throw APIFailure.invalid("The body did not arrive as a whole") }
    return upload
  }

  private func importRequest(
    _ request: APIRequest,
    _ parameters: ImportParameters,
    reading upload: UploadFile
  ) -> ImportRequest {
    let query = request.request.uri.query.map { "?\($0)" } ?? ""
    var imported = ImportRequest(
      inputs: [
        ImportRequest.Input(upload.descriptor, name: parameters.name, kind: parameters.kind)
      ],
      store: backend.settings.storePath,
      isDryRun: parameters.isDryRun,
      command: "serve: POST \(Self.path)\(query) by \(request.administrator.subject)",
      version: backend.settings.version
    )
    imported.reading = parameters.reading
    imported.rules = parameters.rules
    imported.limits = parameters.limits
    imported.outputs.problemsOnly = parameters.problemsOnly
    imported.outputs.showsNotes = parameters.showsNotes
    return imported
  }

  // MARK: - Answering

  private func response(
    to request: APIRequest,
    _ job: ImportJob,
    _ summary: Summary,
    _ departure: Departure
  ) -> Response {
    var headers: HTTPFields = [
      .contentType: RunReport.contentType, .trailer: SummaryTrailer.name.rawName,
    ]
    if let run = summary.runID { headers[.link] = "</runs/\(run)>; rel=\"summary\"" }
    let channel = request.channel
    let patience = backend.settings.limits.bodyTimeout
    return Response(
      status: .ok,
      headers: headers,
      body: ResponseBody { writer in
        try await withThrowingTaskGroup(of: Void.self) { group in
          // Whatever ends the sending, the run must not wait for it.
          defer { job.report.close() }
          group.addTask {
            try await Self.closeWhenStalled(channel, job.report, patience: patience)
          }
          while let piece = await job.report.take() {
            try await writer.write(piece)
            try await channel.waitForWrites()
          }
          group.cancelAll()
        }
        let summary = try await job.waitForEnd()
        channel.pipeline.removeHandler(departure, promise: nil)
        try await writer.finish([SummaryTrailer.name: SummaryTrailer.value(of: summary)])
      }
    )
  }

  /// Closes a connection whose client takes nothing of a report that waits for it.
  private static func closeWhenStalled(
    _ channel: any Channel,
    _ report: ReportHandover,
    patience: Duration
  ) async throws {
    var takenCount = report.takenCountWhilePiecesWait
    while !Task.isCancelled {
      do { try await Task.sleep(for: patience) } catch { return }
      let now = report.takenCountWhilePiecesWait
      if now != nil && now == takenCount {
        try await channel.close()
        return
      }
      takenCount = now
    }
  }
}
