import Bytes
import ImportModel
import Reports

/// Shows reasons to programs.
enum ReasonJSON {
  /// Adds a reason as one object on its line.
  ///
  /// `status` and `error` are the API's, for a row or input that the reason rejects.
  static func append(_ code: ReasonCode, to bytes: inout ByteBuffer) {
    let entry = code.entry
    let texts = [
      ("code", entry.name), ("section", ReasonSection.title(of: code)),
      ("severity", entry.severity.name), ("repair", entry.repair.rawValue),
      ("summary", entry.summary), ("meaning", entry.meaning), ("cause", entry.cause),
      ("hint", entry.hint), ("error", entry.error.rawValue),
    ]
    bytes.append("{")
    for (name, text) in texts {
      bytes.append(json: name)
      bytes.append(":")
      bytes.append(json: text)
      bytes.append(",")
    }
    bytes.append("\"status\":")
    bytes.append(decimal: UInt64(entry.error.status))
    bytes.append("}\n")
  }
}
