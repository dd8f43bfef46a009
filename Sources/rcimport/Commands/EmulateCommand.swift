import ArgumentParser

/// Stands in for remote services, to rehearse against.
struct EmulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emulate",
    abstract: "Stand in for a remote service on this machine, to rehearse against.",
    discussion: """
      Examples:
        rcimport emulate --help
        rcimport help emulate ringcentral

      A stand-in is not the service: it answers on 127.0.0.1 alone, keeps everything in memory, and \
      reaches nobody.
      """,
    subcommands: [EmulateRingCentralCommand.self]
  )
}
