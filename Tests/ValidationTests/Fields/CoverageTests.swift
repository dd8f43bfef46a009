import ImportModel
import Testing

@Suite
struct CoverageTests {
  /// Codes that suites of their own look at.
  static let apart: Set<ReasonCode> = [
    .cellOuterSpace, .cellInnerSpace, .extensionMissing, .extensionLeadingZero, .extensionReserved,
    .extensionOutsideRange, .objectidWrapped, .objectidUppercase, .objectidImplausibleTime,
  ]
  /// Codes that need other rows or the store.
  static let beyondRow: Set<ReasonCode> = [
    .extensionLeadingZeroLost, .extensionLengthUnusual, .extensionRecentlyReleased,
  ]

  @Test
  func `every code about a cell has a sample`() {
    let samples =
      ExtensionCellTests.repairs + ExtensionCellTests.damage + IDCellTests.repairs
      + IDCellTests.damage
    let sampled = Set(samples.flatMap(\.codes)).union(Self.apart).union(Self.beyondRow)
    for code in ReasonCode.allCases {
      let name = code.entry.name
      let prefixes = ["cell_", "extension_", "objectid_"]
      guard prefixes.contains(where: { name.hasPrefix($0) }) else { continue }
      if code.rawValue >= ReasonCode.duplicateRow.rawValue { continue }
      #expect(sampled.contains(code), "\(name)")
    }
  }

  @Test
  func `what is made under --fix safe is marked so, and nothing else`() {
    for example in ExtensionCellTests.repairs + IDCellTests.repairs {
      #expect(example.codes.allSatisfy { $0.entry.repair == .safe })
    }
  }
}
