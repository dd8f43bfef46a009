import ImportModel
import Pipeline
import Readers
import Rows

/// What the query of an import says: the rules of the program, by the names of its options.
struct ImportParameters {
  private(set) var isDryRun = false
  /// The name of the file, for reports and past runs.
  private(set) var name = "upload"
  private(set) var kind: InputKind?
  private(set) var reading = ReadingOptions()
  private(set) var rules = Rules()
  private(set) var limits = RunLimits()
  private(set) var problemsOnly = false
  private(set) var showsNotes = false

  /// Parameters that may be given several times, as their options may.
  private static let repeatable: Set<String> = ["map", "reserved", "range"]

  /// Names of files are not longer on any usual file system.
  private static let maximumNameByteCount = 255

  /// Reads a query.
  ///
  /// - Throws: `APIFailure` that names the parameter that is unknown, given twice or no good.
  init(query: String?) throws(APIFailure) {
    var seen: Set<String> = []
    for (name, value) in try QueryParameters(query ?? "").pairs {
      guard let read = Self.readers[name] else {
        throw .invalid(
          "There is no parameter \"\(name.prefix(64))\". Parameters are "
            + Self.readers.keys.sorted().joined(separator: ", ")
        )
      }
      guard seen.insert(name).inserted || Self.repeatable.contains(name) else {
        throw .invalid("\(name) is given twice")
      }
      do {
        try read(&self, value)
      } catch {
        throw .invalid("\(name): \(error)")
      }
    }
  }

  private typealias Reader = @Sendable (inout ImportParameters, String) throws -> Void

  /// How the value of each parameter is read.
  private static let readers: [String: Reader] = [
    "dryRun": { $0.isDryRun = try truth($1) },
    "name": { $0.name = try fileName($1) },
    "kind": { $0.kind = try choice($1) },
    "format": { $0.reading.format = try choice($1) },
    "delimiter": { $0.reading.delimiter = try DelimiterText.byte($1) },
    "encoding": { $0.reading.encoding = try encoding($1) },
    "noHeader": { $0.reading.hasHeader = try !truth($1) },
    "recordPath": { $0.reading.recordPath = try RecordPathText.names($1) },
    "map": { try $0.addMap($1) },
    "allowEmpty": { $0.reading.allowsEmpty = try truth($1) },
    "fix": { $0.rules.fix = try choice($1) },
    "strict": { $0.rules.strict = try truth($1) },
    "onDuplicate": { $0.rules.onDuplicate = try choice($1) },
    "onExisting": { $0.rules.onExisting = try choice($1) },
    "onBlank": { $0.rules.onBlank = try choice($1) },
    "unknownUsers": { $0.rules.unknownUsers = try choice($1) },
    "includeDisabled": { $0.rules.includeDisabled = try truth($1) },
    "reserved": { $0.rules.reserved += try NumberText.list($1) },
    "range": { $0.rules.ranges.append(try NumberText.range($1)) },
    "maxErrors": { $0.limits.maximumErrors = try AmountText.amount($1) },
    "maxChange": { $0.limits.maximumChange = try AmountText.share($1) },
    "atomic": { $0.limits.isAtomic = try truth($1) },
    "problemsOnly": { $0.problemsOnly = try truth($1) },
    "notes": { $0.showsNotes = try truth($1) },
  ]

  private mutating func addMap(_ text: String) throws(OptionError) {
    for assignment in try ColumnAssignment.list(text) {
      guard reading.map[assignment.field] == nil else {
        throw OptionError("it names the column of \(assignment.field.name) twice")
      }
      reading.map[assignment.field] = assignment.column
    }
  }

  /// Reads `true` or `false`; the name alone means `true`.
  private static func truth(_ text: String) throws(OptionError) -> Bool {
    switch text {
    case "true", "": return true
    case "false": return false
    default: throw OptionError("it takes true or false")
    }
  }

  private static func choice<Value>(_ text: String) throws(OptionError) -> Value
  where Value: RawRepresentable<String> & CaseIterable {
    guard let value = Value(rawValue: text) else {
      let values = Value.allCases.map(\.rawValue)
      throw OptionError(
        "it takes \(values.dropLast().joined(separator: ", ")) or \(values.last ?? "")"
      )
    }
    return value
  }

  private static func encoding(_ text: String) throws(OptionError) -> String {
    guard TextEncoding.isKnown(text) else {
      throw OptionError(
        "it takes the name of an encoding, such as UTF-8, UTF-16LE or WINDOWS-1252"
      )
    }
    return text
  }

  private static func fileName(_ text: String) throws(OptionError) -> String {
    guard !text.isEmpty, text.utf8.count <= maximumNameByteCount else {
      throw OptionError("it takes a name of 1 to \(maximumNameByteCount) bytes")
    }
    return text
  }
}
