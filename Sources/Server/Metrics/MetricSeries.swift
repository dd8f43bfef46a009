import Metrics
import Synchronization

/// One series of numbers.
protocol MetricSeries: AnyObject, Sendable {
  /// Adds its lines; the labels are what stands between the braces.
  func write(_ name: String, _ labels: String, to text: inout String)
}

/// The name of a sample with its labels.
private func sample(_ name: String, _ labels: String) -> String {
  labels.isEmpty ? name : "\(name){\(labels)}"
}

/// A number that only grows.
final class CounterSeries: MetricSeries, CounterHandler {
  private let value = Atomic<Int64>(0)

  func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
  func reset() { value.store(0, ordering: .relaxed) }

  func write(_ name: String, _ labels: String, to text: inout String) {
    text += "\(sample(name, labels)) \(value.load(ordering: .relaxed))\n"
  }
}

/// A number that is as it was set last.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
  private let value = Mutex(0.0)

  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { self.value.withLock { $0 = value } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func decrement(by amount: Double) { value.withLock { $0 -= amount } }
  func record(_ value: Int64) { set(value) }
  func record(_ value: Double) { set(value) }

  func write(_ name: String, _ labels: String, to text: inout String) {
    text += "\(sample(name, labels)) \(value.withLock { $0 })\n"
  }
}

/// How many numbers lie below each of some bounds.
final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
  /// Bounds for durations.
  static let seconds = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
  ]
  /// Bounds for numbers of things.
  static let counts: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

  private struct Content {
    /// One for each bound and one for what is above all of them; not summed up yet.
    var counts: [Int]
    var sum = 0.0
  }

  private let bounds: [Double]
  private let content: Mutex<Content>

  init(bounds: [Double]) {
    self.bounds = bounds
    content = Mutex(Content(counts: Array(repeating: 0, count: bounds.count + 1)))
  }

  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func record(_ value: Double) {
    let place = bounds.firstIndex { value <= $0 } ?? bounds.count
    content.withLock {
      $0.counts[place] += 1
      $0.sum += value
    }
  }

  func write(_ name: String, _ labels: String, to text: inout String) {
    let content = content.withLock { $0 }
    let prefix = labels.isEmpty ? "" : labels + ","
    var count = 0
    for (bound, part) in zip(bounds.map { "\($0)" } + ["+Inf"], content.counts) {
      count += part
      text += "\(name)_bucket{\(prefix)le=\"\(bound)\"} \(count)\n"
    }
    text += "\(sample(name + "_sum", labels)) \(content.sum)\n"
    text += "\(sample(name + "_count", labels)) \(count)\n"
  }
}
