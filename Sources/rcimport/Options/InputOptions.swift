import ArgumentParser
import ImportModel
import Pipeline
import Rows

/// The inputs of a run.
struct InputOptions: ParsableArguments {
  @Argument(
    help: """
      Exports to read, CSV or XML, users or extensions: what each is, is found from its content. \
      - is standard input.
      """,
    completion: .file()
  )
  var file: [String] = []

  @Option(
    help: ArgumentHelp(
      "An export of users or an assignment list; may be repeated.",
      valueName: "file"
    ),
    completion: .file()
  )
  var users: [String] = []

  @Option(
    help: ArgumentHelp("An export of phone extensions; may be repeated.", valueName: "file"),
    completion: .file()
  )
  var extensions: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which columns hold what: userId=COLUMN,rcExtension=COLUMN. Columns by name, or by number "
        + "from 1; may be repeated.",
      valueName: "field=column"
    ),
    transform: ColumnAssignment.list
  )
  var map: [[ColumnAssignment]] = []

  @Flag(help: "Take inputs that have no rows.")
  var allowEmpty = false

  /// The inputs in the order in which they are reported.
  var inputs: [ImportRequest.Input] {
    file.map { ImportRequest.Input(path: $0) }
      + users.map { ImportRequest.Input(path: $0, kind: .users) }
      + extensions.map { ImportRequest.Input(path: $0, kind: .extensions) }
  }

  /// Adds what is said about the inputs' content.
  func apply(to options: inout ReadingOptions) {
    for assignment in map.joined() { options.map[assignment.field] = assignment.column }
    options.allowsEmpty = allowEmpty
  }

  func validate() throws {
    guard !inputs.isEmpty else {
      throw ValidationError("There is no input. Name a file, or - for standard input.")
    }
    guard inputs.count(where: { $0.path == "-" }) <= 1 else {
      throw ValidationError("Standard input (-) can be read only once.")
    }
    var fields: Set<Field> = []
    for assignment in map.joined() where !fields.insert(assignment.field).inserted {
      throw ValidationError("--map names the column of \(assignment.field.name) twice.")
    }
  }
}
