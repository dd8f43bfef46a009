import Harness
import ImportModel
import Readers
import Rows
import Support
import Validation

extension CSVReading {
  /// Users read in pieces, the sound ones by the reader itself, are those of whom each was checked.
  func requireSoundRows(of input: FuzzInput) {
    guard let width else { return }
    let names = header ?? (0..<width).map { "column\($0)" }
    var mapping = ColumnMapping()
    let isSwapped = input.has(5, of: 0)
    mapping[.userID] = isSwapped ? 1 : 0
    mapping[.extensionNumber] = isSwapped ? 0 : 1
    if width > 2 { mapping[input.has(6, of: 0) ? .email : .firstName] = 2 }
    func rows(_ cutting: MemorySource.Cutting, _ scan: CSVReader.Scan) -> PlannedUsers? {
      let checker = RowChecker(
        rules: Rules(),
        kind: .users,
        mapping: mapping,
        columns: names,
        keepsDigests: false,
        packing: scan == .vector
      )
      var soundCount = 0
      return try? PlannedUsers(
        reader(of: MemorySource(input.body, cutting: cutting), scan: scan, columns: names),
        checker,
        expectsSound: scan == .vector,
        soundCount: &soundCount
      )
    }
    let expected = rows(.whole, .plain)
    require(expected != nil, "bytes in memory cannot be read")
    for cutting in [MemorySource.Cutting.whole, .pieces(of: 1 + input[1])] {
      require(rows(cutting, .vector) == expected, "sound rows are not those that are checked")
    }
  }
}
