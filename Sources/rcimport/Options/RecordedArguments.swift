import Bytes
import Glibc
import ImportModel
import JSON

/// The arguments of a command as they are kept for going on with its run.
enum RecordedArguments {
  /// Arguments as a JSON array.
  static func json(_ arguments: [String]) -> String {
    var writer = JSONWriter()
    writer.array { array in
      for argument in arguments { array.element { $0.value(argument) } }
    }
    return writer.text
  }

  /// The arguments in a JSON array.
  ///
  /// - Throws: when the store's record was damaged.
  static func list(_ json: String) throws(ImportError) -> [String] {
    if let elements = (try? JSONParser.parse(json))?.array {
      let arguments = elements.compactMap(\.string)
      if arguments.count == elements.count { return arguments }
    }
    throw ImportError(
      .configuration,
      "the store's record of the run's command cannot be read",
      hint: "Run the command again as it was: it goes on with the same run"
    )
  }

  /// The folder that relative paths start from.
  static var workingDirectory: String { FilePathText.resolved(".") }
}

/// Paths as they are said to other folders.
enum FilePathText {
  /// The absolute path of a file that need not exist.
  static func resolved(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    let directory = ResolvedPath.of(".") ?? "/"
    return path == "." ? directory : "\(directory)/\(path)"
  }
}
