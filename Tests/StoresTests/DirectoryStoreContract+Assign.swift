import Dispatch
import Foundation
import ImportModel
import Stores
import Support
import Synchronization
import Testing

/// What every kind of store does for single changes, from `SingleAssignments`' contract.
extension DirectoryStoreContract {
  @Test(arguments: StoreKind.all)
  func `each assignment of a batch sees those before it`(kind: StoreKind) throws {
    let store = try open(kind)
    let numbers = try ["101", "102", "0102"].map { try number($0) }
    try store.apply { (writer) throws(ImportError) in
      try writer.write(user(1), .set(numbers[0]))
      try writer.write(user(2))
    }
    let asked: [(Int, Int, SingleOutcome)] = [
      (9, 1, .userNotFound), (1, 0, .unchanged), (2, 0, .taken(by: user(1))),
      (1, 1, .applied(previous: numbers[0])), (2, 0, .applied(previous: nil)),
      (2, 1, .taken(by: user(1))), (2, 2, .applied(previous: numbers[0])),
    ]
    let outcomes = try store.assign(
      asked.map { SingleAssignment(user: user($0.0), number: numbers[$0.1], actor: "a\($0.0)") }
    )
    #expect(outcomes == asked.map(\.2))
    #expect(try store.directory() == [user(1): numbers[1], user(2): numbers[2]])
    let records = try store.audit(limit: 10)
    #expect(records.map(\.user) == [user(2), user(2), user(1)])
    #expect(records.map(\.actor) == ["a2", "a2", "a1"])
    #expect(records.map(\.before) == [numbers[0], nil, numbers[0]])
    #expect(records.map(\.after) == [numbers[2], numbers[0], numbers[1]])
    #expect(try store.audit(limit: 1) == [records[0]])
    #expect(try store.assign([]).isEmpty)
    #expect(try store.counts().runs == 1)
  }

  @Test(arguments: StoreKind.all)
  func `a number that was given up over the API counts as released`(kind: StoreKind) throws {
    let store = try open(kind)
    let numbers = try ["101", "102", "103"].map { try number($0) }
    try store.apply { (writer) throws(ImportError) in
      try writer.write(user(1), .set(numbers[0]))
      try writer.write(user(2))
    }
    #expect(try store.lastRelease(of: numbers) == [nil, nil, nil])
    _ = try store.assign(user(1), numbers[1])
    let record = try #require(try store.audit(limit: 1).first)
    let release = NumberRelease(user: user(1), time: record.time)
    #expect(try store.lastRelease(of: numbers) == [release, nil, nil])
    // The later one counts: over the API after a run.
    try store.apply { (writer) throws(ImportError) in
      try writer.release(user(1))
      try writer.write(user(1), isNew: false, .set(numbers[2]), before: numbers[1])
    }
    _ = try store.assign(user(2), numbers[1])
    _ = try store.assign(user(2), numbers[0])
    #expect(try store.lastRelease(of: numbers).map { $0?.user } == [user(1), user(2), nil])
  }

  @Test(arguments: StoreKind.all)
  func `a store that knows extensions gives none that an import would refuse`(
    kind: StoreKind
  ) throws {
    let store = try open(kind)
    let free = try number("100")
    let cases: [(String, [Field: String], SingleOutcome)] = [
      ("101", [.type: "User"], .applied(previous: free)),
      ("102", [.type: "user (Video Pro)", .status: "Enabled"], .applied(previous: free)),
      ("103", [:], .applied(previous: free)),
      ("104", [.type: "Department"], .unavailable(.extensionWrongKind)),
      ("105", [.type: "User", .status: "DISABLED"], .unavailable(.extensionDisabledAtTarget)),
      ("106", [.status: "Frozen", .type: "Bot"], .unavailable(.extensionWrongKind)),
      ("107", [.type: "User", .email: "One@Example.org "], .applied(previous: free)),
      ("108", [.type: "User", .email: "two@example.org"], .unavailable(.alreadyAssigned)),
      ("0101", [:], .unavailable(.extensionNotProvisioned)),
    ]
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.email])
      try writer.write(user(1), .set(free), texts: [.email: "one@example.org"])
      try writer.useInventory([.type, .status, .email])
      for (digits, texts, outcome) in cases
      where outcome != .unavailable(.extensionNotProvisioned) {
        try writer.write(extension: ExtensionNumber(digits), texts: texts)
      }
      try writer.write(extension: free)
    }
    for (digits, _, outcome) in cases {
      #expect(try store.assign(user(1), number(digits)) == outcome, "\(digits)")
      // Back to the start, which is there and free again.
      _ = try store.assign(user(1), free)
    }
    #expect(try store.directory() == [user(1): free])
  }

  @Test(arguments: StoreKind.all)
  func `an extension with the address of who gave it up goes to another`(
    kind: StoreKind
  ) throws {
    let store = try open(kind)
    let numbers = try ["101", "102"].map { try number($0) }
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.email])
      try writer.write(user(1), .set(numbers[0]), texts: [.email: "one@example.org"])
      try writer.write(user(2), texts: [.email: "two@example.org"])
      try writer.useInventory([.email])
      try writer.write(extension: numbers[0], texts: [.email: "one@example.org"])
      try writer.write(extension: numbers[1])
    }
    let outcomes = try store.assign([
      SingleAssignment(user: user(2), number: numbers[0], actor: "a"),
      SingleAssignment(user: user(1), number: numbers[1], actor: "a"),
      SingleAssignment(user: user(2), number: numbers[0], actor: "a"),
    ])
    #expect(
      outcomes == [.taken(by: user(1)), .applied(previous: numbers[0]), .applied(previous: nil)]
    )
  }

  @Test(.blocking, arguments: StoreKind.all)
  func `of a thousand calls at once for one number one wins`(kind: StoreKind) throws {
    let callCount = 1000
    let stores = try [open(kind), open(kind)]
    try stores[0].apply { (writer) throws(ImportError) in
      for place in 0..<callCount { try writer.write(user(place)) }
    }
    let wanted = try number("101")
    let outcomes = Mutex<[SingleOutcome]>([])
    let failures = Mutex<[ImportError]>([])
    atOnce(callCount) { call in
      do throws(ImportError) {
        let outcome = try stores[call % stores.count].assign(user(call), wanted)
        outcomes.withLock { list in if let outcome { list.append(outcome) } }
      } catch {
        failures.withLock { $0.append(error) }
      }
    }
    #expect(failures.withLock(\.self).isEmpty)
    let found = outcomes.withLock(\.self)
    #expect(found.count == callCount)
    #expect(found.count { $0 == .applied(previous: nil) } == 1)
    let winner = try #require(try stores[1].holders([wanted])[0])
    #expect(found.count { $0 == .taken(by: winner) } == callCount - 1)
    #expect(try stores[0].directory() == [winner: wanted])
    #expect(try stores[0].audit(limit: 10).map(\.user) == [winner])
  }

  @Test(.blocking, arguments: StoreKind.all)
  func `calls of two programs that all write are all kept`(kind: StoreKind) throws {
    let callCount = 200
    let stores = try [open(kind), open(kind)]
    try stores[0].apply { (writer) throws(ImportError) in
      for place in 0..<callCount { try writer.write(user(place)) }
    }
    let run = try stores[0].beginDelivery()
    let failures = Mutex<[ImportError]>([])
    atOnce(callCount) { call in
      guard let number = ExtensionNumber(place: UInt64(call + 1)) else { return }
      let store = stores[call % stores.count]
      do throws(ImportError) {
        if call % 3 == 0 {
          try store.record([taken(UInt32(call), user(call), number)], of: run)
        } else {
          _ = try store.assign(user(call), number)
        }
      } catch {
        failures.withLock { $0.append(error) }
      }
    }
    #expect(failures.withLock(\.self).isEmpty)
    #expect(try stores[1].counts().assignments == callCount)
    let entryCount = (callCount + 2) / 3
    #expect(try stores[1].entries(of: run).count == entryCount)
    #expect(try stores[1].run(run)?.changeCount == entryCount)
    #expect(try stores[1].audit(limit: callCount).count == callCount - entryCount)
  }
}

/// Makes calls from many threads, and waits for them.
///
/// The threads are made for it: those of the system's queues serve Swift's tasks too.
private func atOnce(_ callCount: Int, _ call: @escaping @Sendable (Int) -> Void) {
  let threadCount = 32
  let group = DispatchGroup()
  for thread in 0..<threadCount {
    group.enter()
    Thread.detachNewThread {
      for place in stride(from: thread, to: callCount, by: threadCount) { call(place) }
      group.leave()
    }
  }
  group.wait()
}
