import Foundation
import Glibc
import Support
import Testing

/// A folder to work in, and an account of RingCentral's that is rehearsed with.
final class AccountPlace {
  static let after = "after.csv"
  private static let jwt = "the.right.jwt"
  private static let secret = "the-right-secret"

  let place: Workspace
  let platform: EmulatedPlatform

  /// Starts the platform with the extensions of an export and options of its own.
  init(_ extensions: String = "", _ options: String...) throws {
    place = try Workspace()
    var arguments = ["--save", Self.after] + options
    if !extensions.isEmpty {
      try place.write(extensions, to: "before.csv")
      arguments += ["--extensions", "before.csv"]
    }
    platform = try EmulatedPlatform(place, arguments, environment: Self.credentials)
  }

  private static let credentials = [
    "RC_APP_CLIENT_ID=the-app", "RC_APP_CLIENT_SECRET=\(secret)", "RC_USER_JWT=\(jwt)",
  ]

  /// The environment in which the program finds the platform.
  var environment: [String] {
    Self.credentials + ["RC_SERVER_URL=http://127.0.0.1:\(platform.port)"]
  }

  /// Runs the program to its end; nothing that it says may hold a secret.
  func run(_ arguments: String...) throws -> RunResult { try run(arguments) }

  /// Runs the program to its end; nothing that it says may hold a secret.
  func run(_ arguments: [String]) throws -> RunResult {
    let result = try place.run(arguments, environment: environment)
    #expect(!(result.out + result.err).contains(Self.secret))
    #expect(!(result.out + result.err).contains(Self.jwt))
    return result
  }

  /// Applies an input to the account.
  func apply(_ name: String, _ options: String...) throws -> RunResult {
    try run(["apply", name, "--target", "ringcentral"] + options)
  }

  /// Stops the platform and gives back what became of its extensions.
  func stop() throws -> [Extension] {
    #expect(try platform.stop().code == 0)
    return try place.text(of: Self.after).split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Extension(
        id: fields[0],
        number: fields[1],
        status: fields[4],
        email: fields[5]
      )
    }
  }

  /// An extension as the platform saved it.
  struct Extension: Equatable {
    var id: String
    var number: String
    var status: String
    var email: String
  }

  /// A users export of so many people, each with a number of their own.
  static func people(_ range: ClosedRange<Int>) -> String {
    "userId,firstName,lastName,email,rcExtension\n"
      + range.map { "\(id($0)),First\($0),Last\($0),p\($0)@example.com,\(2000 + $0)\n" }.joined()
  }
}
