import Foundation
import Support
import Testing

@Suite(.blocking) struct HelpTests {
  /// The commands that the program lists.
  private static func commands(_ place: Workspace) throws -> [String] {
    let text = try place.run("--help").out
    let list = text[(text.firstRange(of: "SUBCOMMANDS:")?.upperBound ?? text.endIndex)...]
    return list.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  "), !line.hasPrefix("   "), !line.hasPrefix("  See") else {
        return nil
      }
      return line.split(separator: " ").first.map(String.init)
    }
  }

  @Test func `every command that is listed is there and its help begins with examples`() throws {
    let place = try Workspace()
    let commands = try Self.commands(place)
    for name in ["validate", "apply", "runs", "rows", "export", "template", "explain"] {
      #expect(commands.contains(name))
    }
    for arguments in [["--help"]] + commands.map({ [$0, "--help"] })
      + commands.map({ ["help", $0] })
    {
      let result = try place.run(arguments)
      #expect(result.code == 0)
      #expect(result.err.isEmpty)
      let text = result.out
      let examples = try #require(text.firstRange(of: "Examples:"), "\(arguments)")
      let usage = try #require(text.firstRange(of: "USAGE:"))
      #expect(examples.lowerBound < usage.lowerBound)
    }
  }

  @Test func `help names no command that does not exist`() throws {
    let place = try Workspace()
    let commands = try Self.commands(place)
    for arguments in [["--help"]] + commands.map({ [$0, "--help"] }) {
      let text = try place.run(arguments).out
      for match in text.matches(of: #/rcimport (?<word>[a-z]+)/#) {
        let word = String(match.output.word)
        #expect(commands.contains(word) || word == "help", "\(arguments): \(word)")
      }
    }
  }

  @Test func `every option in an example exists`() throws {
    let place = try Workspace()
    for command in try Self.commands(place) {
      let text = try place.run(command, "--help").out
      let parts = text.split(separator: "USAGE:", maxSplits: 1)
      try #require(parts.count == 2)
      for match in parts[0].matches(of: #/rcimport (?<command>[a-z]+)(?<rest>[^|\n]*)/#)
      where match.output.command == command {
        for option in match.output.rest.matches(of: #/--[a-z][a-z-]*/#) {
          #expect(parts[1].contains(option.output), "\(command): \(option.output)")
        }
      }
    }
  }

  @Test func `the version is told`() throws {
    let place = try Workspace()
    let result = try place.run("--version")
    #expect(result.code == 0)
    #expect(try #/^rcimport \d+\.\d+\.\d+\n$/#.wholeMatch(in: result.out) != nil)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are generated`(_ shell: String) throws {
    let place = try Workspace()
    let result = try place.run("--generate-completion-script", shell)
    #expect(result.code == 0)
    for word in try Self.commands(place) + ["--out-dir", "--on-duplicate", "keep-first"] {
      let written = word.hasPrefix("--") && shell == "fish" ? String(word.dropFirst(2)) : word
      #expect(result.out.contains(written), "\(shell): \(word)")
    }
  }

  @Test func `a misspelt command is named, and where the right ones stand`() throws {
    let place = try Workspace()
    let result = try place.run("aply")
    #expect(result.code == 64)
    #expect(result.err.contains("aply"))
    #expect(result.err.contains("--help"))
  }
}
