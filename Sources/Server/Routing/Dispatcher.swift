import HTTPTypes
import Hummingbird
import HummingbirdCore
import ImportModel
import Logging
import NIOCore
import NIOHTTP1

/// Answers every request: finds its route, checks the token, calls the route, tells failures, and
/// notes what was done.
///
/// The order is fixed: path and method, then the token, then the body. Nobody without the right
/// makes the server read a body.
struct Dispatcher: HTTPResponder {
  let table: RouteTable
  let verifier: TokenVerifier
  let metrics: ServerMetrics

  func respond(to request: Request, context: ServerContext) async throws -> Response {
    let start = ContinuousClock.now
    let match = table.match(request.method, request.uri.path)
    var response = await answer(request, match, context)
    if request.method == .head { response = response.createHeadResponse() }
    let duration = ContinuousClock.now - start
    let route: String? =
      if case .route(let index, _) = match { table.routes[index].path } else { nil }
    metrics.record(route: route, method: request.method, response.status, duration)
    context.logger.info(
      "request",
      metadata: [
        "method": .string(shown(request.method)),
        "route": .string(route ?? "none"),
        "status": .stringConvertible(response.status.code),
        "seconds": .stringConvertible(Seconds(duration)),
      ]
    )
    return response
  }

  private func answer(
    _ request: Request,
    _ match: RouteTable.Match,
    _ context: ServerContext
  ) async -> Response {
    do {
      switch match {
      case .nothing:
        throw APIFailure.notFound
      case .otherMethods(let allowed):
        guard request.method == .options else {
          throw APIFailure.methodNotAllowed(allowed: allowed)
        }
        return Response(status: .noContent, headers: [.allow: allowed])
      case .route(let index, let parameters):
        let route = table.routes[index]
        let administrator =
          switch route.access {
          case .anyone: Administrator(subject: "anonymous")
          case .administrators: try await verifier.administrator(request.headers)
          }
        return try await route.answer(
          APIRequest(
            request: request,
            parameters: parameters,
            administrator: administrator,
            id: context.id,
            channel: context.channel,
            logger: context.logger
          )
        )
      }
    } catch {
      return failure(error, context.logger).response
    }
  }

  /// What a client is told of an error; more than that stands in the log alone.
  private func failure(_ error: any Error, _ logger: Logger) -> APIFailure {
    switch error {
    case let failure as APIFailure: return failure
    case is RequestTimeout: return .timeout
    case is HTTPParserError: return .invalid("The request is not well-formed HTTP")
    case let error as ImportError:
      logger.error("store failed", metadata: ["error": .string(error.message)])
      return APIFailure(error)
    default:
      logger.error("request failed", metadata: ["error": .string("\(type(of: error))")])
      return .server
    }
  }

  /// A method for the log, which a client may not fill with words of its own.
  private func shown(_ method: HTTPRequest.Method) -> String {
    ServerMetrics.methods.contains(method) ? method.rawValue : "other"
  }
}

/// A duration in seconds, written with six digits behind the point.
struct Seconds: CustomStringConvertible, Sendable {
  let description: String

  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let micros = String(attoseconds / 1_000_000_000_000)
    description = "\(seconds).\(String(repeating: "0", count: 6 - micros.utf8.count))\(micros)"
  }
}
