import ArgumentParser
import ImportModel
import Rows
import Stores

/// Writes the store's content so that it can be imported again.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the store's users or extensions as CSV or XML.",
    discussion: """
      Examples:
        rcimport export users > users.csv
        rcimport export extensions --format xml --output extensions.xml
        rcimport export users --store old.sqlite | rcimport apply - --on-blank skip

      Values are written as they are, so that importing them again changes nothing: a spreadsheet \
      may take one that begins with = + - or @ for a formula. Users without an extension need \
      --on-blank skip when they are imported again.
      """
  )

  @Argument(help: "What to write.")
  var kind: InputKind

  @Option(help: ArgumentHelp("How rows are written.", valueName: "csv|xml"))
  var format = ReadingOptions.Format.csv

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp("Where it goes, instead of standard output.", valueName: "file"),
    completion: .file()
  )
  var output = "-"

  func run() throws {
    try performListing { () throws(ImportError) in
      Interruption.install()
      let store = try store.openExisting()
      defer { store.close() }
      let result = try ResultText(to: output)
      var records = RecordWriter(format, of: kind, columns: kind.exportColumns, to: result)
      records.begin()
      switch kind {
      case .users:
        try store.forEachUser { user throws(ImportError) in
          records.append(
            [user.id.description, user.extensionNumber?.description ?? ""] + user.values
          )
          try advance(result)
        }
      case .extensions:
        try store.forEachExtension { phoneExtension throws(ImportError) in
          records.append(Self.values(of: phoneExtension))
          try advance(result)
        }
      }
      records.end()
      try result.finish()
      warn(records.changedValueCount)
    }
  }

  /// A value for each of `InputKind.exportColumns`.
  private static func values(of phoneExtension: ExtensionRecord) -> [String] {
    let values = Dictionary(
      uniqueKeysWithValues: zip(Field.inventory, phoneExtension.values)
    )
    let order: [Field] = [.name, .type, .status, .email, .site]
    return [values[.extensionID] ?? "", phoneExtension.number?.description ?? ""]
      + order.map { values[$0] ?? "" }
  }

  private func advance(_ result: ResultText) throws(ImportError) {
    try result.flushIfFull()
    if Interruption.signal != nil {
      throw ImportError(.interrupted, "Stopped before the export was complete")
    }
  }

  private func warn(_ changedValueCount: Int) {
    guard changedValueCount > 0 else { return }
    StandardError.writeLine(
      "warning: \(changedValueCount) values have control characters, which XML cannot carry; "
        + "--format csv keeps them"
    )
  }
}
