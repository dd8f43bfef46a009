import ArgumentParser
import Emulator
import ImportModel
import Rows

/// Stands in for RingCentral's REST API, as far as assigning extensions needs it.
struct EmulateRingCentralCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ringcentral",
    abstract: "Stand in for the part of RingCentral's API that assigning extensions needs.",
    discussion: """
      Examples:
        rcimport emulate ringcentral --unassigned 50 --port 3000
        rcimport emulate ringcentral --extensions now.csv --save after.csv
        rcimport emulate ringcentral --unassigned 50 --limits 60
        rcimport emulate ringcentral --unassigned 50 --fault drop:every=10

      This is a stand-in and not RingCentral: a program on this machine that answers as RingCentral's \
      documentation says, with an account that is kept in memory. It listens on 127.0.0.1 alone, \
      reaches nobody, sends no mail and changes no real extension. What the documentation leaves \
      open, such as which numbers are reserved, RingCentral may settle otherwise.

      It knows the token endpoint (JWT grant), the list of extensions, reading and updating one, the \
      bulk update, service-info, and refuses to assign through devices. As there, a contact alone \
      leaves an unassigned extension unassigned: its status has to be sent with it.

      Faults are KIND, KIND:every=N, KIND:after=N (once, behind N) or KIND:p=0.1, and without more \
      happen once:
      \(FaultKind.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      SIGTERM and SIGINT stop it; --save then writes the extensions.
      """
  )

  @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "number"))
  var port: UInt16 = 0

  @OptionGroup(title: "The account") var account: EmulatedAccountOptions

  @OptionGroup(title: "Who may ask") var credentials: EmulatedCredentialOptions

  @Option(
    help: ArgumentHelp(
      "How many times RingCentral's limits hold: 1, 60 (a minute's requests in a second), or off.",
      valueName: "n|off"
    ),
    transform: EmulatedLimits.init
  )
  var limits = EmulatedLimits(factor: 1)

  @Flag(help: "Repeat errors at the top of the body, as old answers do.")
  var legacyErrors = false

  @Option(
    help: ArgumentHelp("What goes wrong, as said above; may be repeated.", valueName: "fault"),
    transform: { text in
      guard let rule = FaultRule(text) else {
        throw ValidationError(
          "it takes one of \(FaultKind.allCases.map(\.rawValue).joined(separator: ", ")), with "
            + ":every=N, :after=N or :p=0.1 if need be"
        )
      }
      return rule
    }
  )
  var fault: [FaultRule] = []

  @Option(
    help: ArgumentHelp(
      "Write the extensions as an export in CSV when it is stopped.",
      valueName: "file"
    ),
    completion: .file()
  )
  var save: String?

  func run() async throws {
    try await perform { () async throws(ImportError) in
      var settings = EmulatorSettings()
      settings.port = Int(port)
      settings.credentials = try credentials.credentials()
      settings.tokenLifetime = credentials.tokenLifetime
      settings.rules = account.rules
      settings.limitFactor = limits.factor
      settings.usesLegacyErrors = legacyErrors
      settings.faults = fault
      settings.seed = account.seed
      let emulator = RingCentralEmulator(settings, account: try account.account()) { url in
        StandardError.writeLine("listening on \(url)")
      }
      let count = emulator.account.extensions.count
      StandardError.writeLine(
        "a stand-in of RingCentral: account \(emulator.account.id) with \(count) extensions, "
          + "\(emulator.account.unassignedCount) unassigned"
      )
      try await emulator.run()
      if let save { try write(emulator.account, to: save) }
      return .success
    }
  }

  private func write(_ account: Account, to path: String) throws(ImportError) {
    let result = try ResultText(to: path)
    let columns = InputKind.extensions.exportColumns
    var records = RecordWriter(.csv, of: .extensions, columns: columns, to: result)
    records.begin()
    for row in account.extensions {
      records.append([
        "\(row.id)", row.number ?? "", row.contact.name, row.type.rawValue, row.status.rawValue,
        row.contact[.email] ?? "", row.site?.name ?? "",
      ])
      try result.flushIfFull()
    }
    records.end()
    try result.finish()
  }
}

/// How many times RingCentral's limits hold.
struct EmulatedLimits {
  /// `nil` for none.
  var factor: Int?

  init(factor: Int?) { self.factor = factor }

  /// Reads a number from 1 on, or `off`.
  init(_ text: String) throws {
    if text == "off" {
      factor = nil
    } else if let number = Int(text), 1...1_000_000 ~= number {
      factor = number
    } else {
      throw ValidationError("it takes a number from 1 to 1000000, or off")
    }
  }
}
