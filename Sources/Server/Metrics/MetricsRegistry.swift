import Bytes
import Metrics
import Synchronization

/// Keeps numbers and writes them in the text format 0.0.4 of Prometheus.
///
/// Labels come from the program and never from a request; a name gets a limited number of series all
/// the same, so that a mistake cannot fill the memory. What is beyond is not kept.
final class MetricsRegistry: MetricsFactory {
  /// Series of one name.
  static let seriesLimit = 512

  /// How a family of series is shown.
  private enum Kind: String {
    case counter
    case gauge
    case histogram
  }

  /// All series of one name.
  private struct Family {
    var kind: Kind
    /// The series in the order they were made, by their labels as they are written.
    var series: [(labels: String, number: any MetricSeries)] = []
  }

  private let families = Mutex<[String: Family]>([:])

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions, .counter) { CounterSeries() }
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(label, dimensions, .gauge) { GaugeSeries() }
  }

  func makeRecorder(
    label: String,
    dimensions: [(String, String)],
    aggregate: Bool
  ) -> any RecorderHandler {
    guard aggregate else { return series(label, dimensions, .gauge) { GaugeSeries() } }
    return series(label, dimensions, .histogram) { HistogramSeries(bounds: HistogramSeries.counts) }
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions, .histogram) { HistogramSeries(bounds: HistogramSeries.seconds) }
  }

  // Series stay until the server ends: a counter that began anew would look like a restart.
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}

  /// Finds a series, or makes it.
  private func series<Series: MetricSeries>(
    _ name: String,
    _ dimensions: [(String, String)],
    _ kind: Kind,
    _ make: () -> Series
  ) -> Series {
    let labels = Self.labels(dimensions)
    return families.withLock { families in
      var family = families[name] ?? Family(kind: kind)
      if let known = family.series.first(where: { $0.labels == labels })?.number as? Series {
        return known
      }
      let number = make()
      if family.kind == kind, family.series.count < Self.seriesLimit {
        family.series.append((labels, number))
        families[name] = family
      }
      return number
    }
  }

  // MARK: - Text

  /// The type of what `text` gives.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// Everything that is kept, by name.
  var text: String {
    let families = families.withLock { $0 }
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      text += "# TYPE \(name) \(family.kind.rawValue)\n"
      for series in family.series { series.number.write(name, series.labels, to: &text) }
    }
    return text
  }

  /// The labels of a series as they stand between braces; empty for none.
  private static func labels(_ dimensions: [(String, String)]) -> String {
    dimensions.map { name, value in
      var escaped = ""
      for scalar in value.unicodeScalars {
        switch scalar {
        case "\\": escaped += "\\\\"
        case "\"": escaped += "\\\""
        case "\n": escaped += "\\n"
        default: escaped.unicodeScalars.append(scalar)
        }
      }
      return "\(name)=\"\(escaped)\""
    }
    .joined(separator: ",")
  }
}
