import HTTPTypes
import Metrics
import Synchronization

/// What the server counts.
final class ServerMetrics: Sendable {
  /// The methods that are told apart.
  static let methods: [HTTPRequest.Method] = [.get, .head, .put, .post, .delete, .patch, .options]

  /// What one series of requests has in common.
  private struct Series: Hashable {
    /// The path of the route, `none` for requests without one.
    var route: String
    /// The method's index, or the number of methods for others.
    var method: Int
    var status: Int
  }

  /// Where the numbers are kept.
  let registry: MetricsRegistry
  private let assignments: Counter
  private let groupSizes: Recorder
  private let requests = Mutex<[Series: (Counter, Metrics.Timer)]>([:])

  init() {
    let registry = MetricsRegistry()
    self.registry = registry
    assignments = Counter(label: "rcimport_assignments_total", factory: registry)
    groupSizes = Recorder(label: "rcimport_assignment_group_size", factory: registry)
  }

  /// Counts a request; `nil` for one that has no route.
  func record(
    route: String?,
    method: HTTPRequest.Method,
    _ status: HTTPResponse.Status,
    _ duration: Duration
  ) {
    let (counter, timer) = numbers(
      Series(
        route: route ?? "none",
        method: Self.methods.firstIndex(of: method) ?? Self.methods.count,
        status: status.code
      )
    )
    counter.increment()
    timer.record(duration: duration)
  }

  /// Counts a user's new extension.
  func recordAssignment() { assignments.increment() }

  /// Counts a transaction.
  func recordGroup(of count: Int) { groupSizes.record(count) }

  private func numbers(_ series: Series) -> (Counter, Metrics.Timer) {
    requests.withLock { requests in
      if let numbers = requests[series] { return numbers }
      let methods = Self.methods
      let counter = Counter(
        label: "rcimport_http_requests_total",
        dimensions: [
          ("route", series.route),
          ("method", series.method < methods.count ? methods[series.method].rawValue : "other"),
          ("status", "\(series.status)"),
        ],
        factory: registry
      )
      let timer = Metrics.Timer(
        label: "rcimport_http_request_duration_seconds",
        dimensions: [("route", series.route)],
        factory: registry
      )
      requests[series] = (counter, timer)
      return (counter, timer)
    }
  }
}
