import Bytes
import SystemPackage

/// Exports that are the same for the same seed and number of rows.
///
/// One row in 200 of a users export is damaged, one in 200 repeats an extension, one in 20 has a
/// quoted field and one in 10 a name beyond ASCII.
enum GeneratedInput: String, CaseIterable {
  case usersCSV = "users.csv"
  case badCSV = "bad.csv"
  case usersXML = "users.xml"

  private static let firstNames = ["Anna", "James", "Priya", "Wei", "Zoë", "Tom", "José", "Olu"]
  private static let lastNames = ["Smith", "Garcia", "Okafor", "Tanaka", "Larsen", "Kowalski"]
  private static let departments = ["Sales", "Support", "Engineering", "Finance", "Legal", "IT"]

  /// Writes the export to a file.
  func write(to path: String, rowCount: Int, seed: UInt64) throws {
    let file = try FileDescriptor.open(
      FilePath(path),
      .writeOnly,
      options: [.create, .truncate],
      permissions: .ownerReadWrite
    )
    defer { try? file.close() }
    var text = ByteBuffer(minimumCapacity: 1 << 20)
    text.append(text: opening)
    for row in 0..<UInt64(rowCount) {
      append(row, of: UInt64(rowCount), seed: seed, to: &text)
      if text.count > 1 << 19 { try text.writeAll(to: file) }
    }
    if self == .usersXML { text.append("</users>\n") }
    try text.writeAll(to: file)
  }

  private var opening: String {
    switch self {
    case .usersCSV: "userId,firstName,lastName,email,department,rcExtension\n"
    case .badCSV: "userId,rcExtension\n"
    case .usersXML: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<users>\n"
    }
  }

  private func append(_ row: UInt64, of rowCount: UInt64, seed: UInt64, to text: inout ByteBuffer) {
    let random = Self.mixed(row &* 0x2545_F491_4F6C_DD1D &+ Self.mixed(seed))
    if self == .badCSV {
      text.append("zz")
      text.append(decimal: row, width: 20)
      text.append("zz,1a")
      text.append(decimal: row)
      text.append("\n")
      return
    }
    // Odd multiples modulo a power of two visit every number once.
    let modulus = UInt64(1) << UInt64(UInt64.bitWidth - rowCount.leadingZeroBitCount + 1)
    let isRepeat = row > 0 && random % 200 == 1
    let number = 10 + (isRepeat ? row - 1 : row) &* 2_654_435_761 & (modulus - 1)
    var id = ByteBuffer()
    id.append(
      hex: UInt64(0x64B7_F1A2 + row / 64) << 32 | random >> 32,
      UInt32(truncatingIfNeeded: row)
    )
    let cells = [
      random % 200 == 0 ? "not-an-id" : String(utf8: id.span),
      Self.firstNames[Int(random >> 8) & 7],
      Self.lastNames[Int(random >> 16 & 0xFFFF) % Self.lastNames.count],
      "p.user\(row)@ex\(random >> 40 & 63).example.com",
      random >> 24 & 0xFF < 13 ? "Sales, EMEA" : Self.departments[Int(random >> 32 & 0xFF) % 6],
      "\(number)",
    ]
    if self == .usersCSV {
      appendCSV(cells, to: &text)
    } else {
      appendXML(cells, to: &text)
    }
  }

  private func appendCSV(_ cells: [String], to text: inout ByteBuffer) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { text.append(",") }
      let isQuoted = cell.utf8.contains(UInt8(ascii: ","))
      if isQuoted { text.append("\"") }
      text.append(text: cell)
      if isQuoted { text.append("\"") }
    }
    text.append("\n")
  }

  private func appendXML(_ cells: [String], to text: inout ByteBuffer) {
    text.append("  <user>\n")
    let names = ["userId", "firstName", "lastName", "email", "department", "rcExtension"]
    for (name, cell) in zip(names, cells) {
      text.append(text: "    <\(name)>\(cell)</\(name)>\n")
    }
    text.append("  </user>\n")
  }

  /// A bijection of 64 bits that looks random (splitmix64, prng.di.unimi.it/splitmix64.c).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value &+ 0x9E37_79B9_7F4A_7C15
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
