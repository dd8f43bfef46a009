import ImportModel
import Stores
import Pipeline
import Testing

struct DeliveryGraphTests {
  @Test func `rows that wait for none are ready`() {
    let graph = makeGraph(rows: [0, 3, 7])
    #expect(graph.steps.map(\.state) == [.ready, .ready, .ready])
    #expect(graph.waiters.isEmpty && graph.rings.isEmpty && graph.unsendable.isEmpty)
  }

  @Test func `in a chain each row waits for the next one`() {
    let graph = makeGraph(rows: [2, 5, 9], releases: [2: 5, 5: 9])
    #expect(graph.steps.map(\.state) == [.blocked, .blocked, .ready])
    #expect(graph.waiters == [1: 0, 2: 1])
    #expect(graph.rings.isEmpty && graph.unsendable.isEmpty)
  }

  @Test func `a row that is not of the run any more holds up none`() {
    let graph = makeGraph(rows: [0, 1], releases: [0: 4, 6: 1])
    #expect(graph.steps.map(\.state) == [.ready, .ready])
    #expect(graph.waiters.isEmpty)
  }

  @Test func `a ring without a spare extension is not sent`() {
    let graph = makeGraph(rows: [0, 1, 2, 3], releases: [0: 2, 2: 3, 3: 0])
    #expect(graph.rings.map(\.steps) == [[0, 2, 3]])
    #expect(graph.rings.allSatisfy { $0.detour == nil })
    #expect(graph.unsendable.map(\.step) == [0, 2, 3])
    for (_, result) in graph.unsendable {
      #expect(result.reason == .inCycle && result.state == .open && result.message == "3")
    }
    #expect(graph.steps.count == 4 && graph.steps[1].state == .ready)
  }

  @Test func `a ring is opened by a detour of its first row`() throws {
    let graph = makeGraph(rows: [4, 5, 6], releases: [4: 5, 5: 6, 6: 4], opensRings: true)
    let ring = try #require(graph.rings.first)
    #expect(graph.rings.count == 1 && ring.detour == 3 && ring.last == 0)
    #expect(graph.steps.map(\.row) == [4, 5, 6, 4])
    #expect(graph.steps.map(\.isDetour) == [false, false, false, true])
    #expect(graph.steps.allSatisfy { $0.state == .blocked })
    // The detour frees what the third row needs, that one what the second needs, and so on.
    #expect(graph.waiters == [3: 2, 2: 1, 1: 0])
    #expect(graph.unsendable.isEmpty)
  }

  @Test func `each ring has a detour of its own`() {
    let graph = makeGraph(
      rows: [0, 1, 2, 3, 4],
      releases: [0: 1, 1: 0, 2: 4, 4: 2],
      opensRings: true
    )
    #expect(graph.rings.map(\.steps) == [[0, 1], [2, 4]])
    #expect(graph.rings.map(\.detour) == [5, 6])
    #expect(graph.rings.map(\.last) == [0, 2])
  }

  @Test func `rows behind one that is not sent are not sent either`() {
    let graph = makeGraph(rows: [0, 1, 2, 3], releases: [0: 1, 1: 2, 2: 9], failed: [9])
    #expect(graph.unsendable.map(\.step) == [2, 1, 0])
    #expect(graph.unsendable.map(\.result.reason) == [.waitsForRow, .waitsForRow, .waitsForRow])
    #expect(graph.unsendable.map(\.result.message) == ["9", "2", "1"])
    #expect(graph.steps[3].state == .ready)
  }

  @Test func `a row that waits for itself is a ring of one`() {
    let graph = makeGraph(rows: [0], releases: [0: 0])
    #expect(graph.rings.map(\.steps) == [[0]] && graph.unsendable.map(\.step) == [0])
  }
}
