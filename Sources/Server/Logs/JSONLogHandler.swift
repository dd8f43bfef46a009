import Bytes
package import Logging
import Stores
import Synchronization

/// Writes one JSON object a line: time, level, message, then what goes with it.
package struct JSONLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  private let write: @Sendable (String) -> Void

  /// Makes a handler that gives each line, with its line feed, to a function that any thread calls.
  package init(level: Logger.Level, write: @escaping @Sendable (String) -> Void) {
    logLevel = level
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var line = ByteBuffer(minimumCapacity: 256)
    line.append("{\"time\":\"")
    line.append(text: UTCTime.now.description)
    line.append("\",\"level\":\"")
    line.append(text: event.level.rawValue)
    line.append("\",\"message\":")
    line.append(json: event.message.description)
    for (key, value) in metadata where event.metadata?[key] == nil {
      append(key, value, to: &line)
    }
    if let more = event.metadata {
      for (key, value) in more.sorted(by: { $0.key < $1.key }) { append(key, value, to: &line) }
    }
    line.append("}\n")
    write(String(utf8: line.span))
  }

  private func append(_ key: String, _ value: Logger.MetadataValue, to line: inout ByteBuffer) {
    line.append(",")
    // The framework's name for the id of a request.
    line.append(json: key == "hb.request.id" ? "request" : key)
    line.append(":")
    if case .stringConvertible(let number as Int) = value {
      line.append(text: "\(number)")
    } else if case .stringConvertible(let seconds as Seconds) = value {
      line.append(text: seconds.description)
    } else {
      line.append(json: "\(value)")
    }
  }
}
