import Foundation

/// The program under test.
enum Binary {
  /// Where it lies: beside the running tests, as SwiftPM builds both into one folder.
  static let path: String = {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["RCIMPORT_BINARY"] { return path }
    let files = FileManager.default
    let tests = (try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    var candidates = [URL(filePath: tests).deletingLastPathComponent()]
    var folder = URL(filePath: #filePath)
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      candidates.append(folder.appending(path: ".build/debug"))
    }
    let paths = candidates.map { $0.appending(path: "rcimport").path }
    return paths.first { files.isExecutableFile(atPath: $0) } ?? paths[0]
  }()

  /// The checkout that holds the tests.
  static let checkout = URL(filePath: #filePath).appending(path: "../../../..").standardized
}
