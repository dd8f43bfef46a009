import ArgumentParser
import ImportModel
import Rows
import Stores

/// Writes the store's content so that it can be imported again.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the store's users or extensions, or RingCentral's, as CSV or XML.",
    discussion: """
      Examples:
        rcimport export users > users.csv
        rcimport export extensions --format xml --output extensions.xml
        rcimport export users --store old.sqlite | rcimport apply - --on-blank skip
        rcimport export extensions --target ringcentral --output now.csv

      Values are written as they are, so that importing them again changes nothing: a spreadsheet \
      may take one that begins with = + - or @ for a formula. Users without an extension need \
      --on-blank skip when they are imported again. What RingCentral has now can be checked against \
      later: rcimport validate users.csv --target ringcentral --extensions now.csv
      """
  )

  @Argument(help: "What to write.")
  var kind: InputKind

  @Option(help: ArgumentHelp("How rows are written.", valueName: "csv|xml"))
  var format = ReadingOptions.Format.csv

  @OptionGroup var store: StoreOptions

  @OptionGroup(title: "RingCentral")
  var source: AccountSourceOptions

  @Option(
    help: ArgumentHelp("Where it goes, instead of standard output.", valueName: "file"),
    completion: .file()
  )
  var output = "-"

  func validate() throws {
    guard !source.isUsed || kind == .extensions else {
      throw ValidationError("RingCentral has extensions; its users are not users of the store.")
    }
  }

  func run() throws {
    try performListing { () throws(ImportError) in
      Interruption.install()
      if source.isUsed { return try exportAccount() }
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

  /// Writes what an account has now.
  private func exportAccount() throws(ImportError) {
    let extensions = try source.look()
    let result = try ResultText(to: output)
    var records = RecordWriter(format, of: kind, columns: kind.exportColumns, to: result)
    records.begin()
    for known in extensions {
      records.append([
        "\(known.id)", known.number, known.name, known.type, known.status, known.email, known.site,
      ])
      try advance(result)
    }
    records.end()
    try result.finish()
    warn(records.changedValueCount)
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
