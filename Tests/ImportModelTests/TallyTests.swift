import ImportModel
import Testing

/// A tally counts findings and names the first rows that have them.
struct TallyTests {
  private func tally(_ rows: [(input: Int, row: UInt32)]) throws -> Tally.Entry {
    var tally = Tally()
    for place in rows { tally.add(.invalidUTF8, .error, input: place.input, row: place.row) }
    return try #require(tally.entries.first).entry
  }

  @Test func `a row with several findings is named once`() throws {
    let entry = try tally([(0, 2), (0, 2), (0, 3), (1, 3)])
    #expect(entry.count == 4 && !entry.hasMoreRows)
    #expect(entry.firstRows.map(\.input) == [0, 0, 1])
    #expect(entry.firstRows.map(\.row) == [2, 3, 3])
  }

  @Test func `rows that are not named are told of`() throws {
    let named = (0..<Tally.shownRowCount).map { (input: 0, row: UInt32($0 + 2)) }
    let last = try #require(named.last)
    #expect(try !tally(named + [last]).hasMoreRows)
    let more = try tally(named + [last, (0, 99)])
    #expect(more.hasMoreRows && more.count == named.count + 2)
    #expect(more.firstRows.map(\.row) == named.map(\.row))
  }
}
