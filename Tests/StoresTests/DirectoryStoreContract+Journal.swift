import ImportModel
import Stores
import Testing

/// What every kind of store does as a journal, from `DeliveryJournal`'s contract.
extension DirectoryStoreContract {
  @Test(arguments: StoreKind.all)
  func `a run to a target is there from its beginning`(kind: StoreKind) throws {
    let store = try open(kind)
    let local = try store.apply { (_) throws(ImportError) in }
    let run = try store.beginDelivery(to: "https://example.org", inputs: ["aa", "bb"])
    // Read by somebody else, as after a kill.
    let reader = try kind.open(folder.file("store"), mode: .readOnly)
    let delivery = try #require(try reader.delivery(run))
    #expect(delivery.id == run)
    #expect(delivery.state == .running)
    #expect(delivery.target == "https://example.org")
    #expect(delivery.arguments == #"{"files":["a.csv"]}"#)
    #expect(delivery.directory == "/folder")
    #expect(delivery.rules == #"{"fix":"none"}"#)
    #expect(delivery.startedAt == UTCTime(secondsSince1970: 1_700_000_000))
    #expect(delivery.inputs.map(\.sha256) == ["aa", "bb"])
    #expect(try reader.entries(of: run).isEmpty)
    #expect(try reader.delivery(local) == nil)
    #expect(try reader.delivery(RunID(99)) == nil)
    let summaries = try reader.runs(limit: 10)
    #expect(summaries.map(\.target) == ["https://example.org", nil])
    #expect(summaries.map(\.state) == ["running", "applied"])
    #expect(try reader.run(run)?.deliveries == [:])
    #expect(try reader.runs(withInputDigest: "bb") == [run])
  }

  @Test(arguments: StoreKind.all)
  func `the latest unfinished run of a target and its inputs is found`(kind: StoreKind) throws {
    let store = try open(kind)
    let first = try store.beginDelivery(to: "a", inputs: ["aa", "bb"])
    let second = try store.beginDelivery(to: "a", inputs: ["aa", "bb"])
    let other = try store.beginDelivery(to: "b", inputs: ["aa", "bb"])
    func found(_ target: String, _ digests: [String]) throws -> RunID? {
      try store.openDelivery(to: target, inputDigests: digests)?.id
    }
    #expect(try found("a", ["aa", "bb"]) == second)
    #expect(try found("b", ["aa", "bb"]) == other)
    #expect(try found("c", ["aa", "bb"]) == nil)
    for digests in [["aa"], ["bb", "aa"], ["aa", "bb", "cc"], []] {
      #expect(try found("a", digests) == nil)
    }
    try store.finish(second, .incomplete)
    #expect(try found("a", ["aa", "bb"]) == second)
    try store.finish(second)
    #expect(try found("a", ["aa", "bb"]) == first)
    try store.finish(first)
    #expect(try found("a", ["aa", "bb"]) == nil)
  }

  @Test(arguments: StoreKind.all)
  func `entries come back by row as they were recorded last`(kind: StoreKind) throws {
    let store = try open(kind)
    let run = try store.beginDelivery()
    let another = try store.beginDelivery()
    let entries = [
      DeliveryEntry(row: 0, state: .sending, attempts: 1),
      DeliveryEntry(row: 7, state: .applied, attempts: 2, status: 200),
      DeliveryEntry(
        row: 8,
        state: .refused,
        attempts: 1,
        reason: .rejectedByTarget,
        status: 400,
        error: .validation,
        message: "Zoë's \"number\"\n\0"
      ),
      DeliveryEntry(row: .max, state: .open, attempts: 5, reason: .outcomeUnknown),
    ]
    try store.record(entries.reversed().map { DeliveryRecord($0) }, of: run)
    try store.record([DeliveryRecord(entries[1])], of: another)
    try store.record([], of: run)
    #expect(try store.entries(of: run) == entries)
    #expect(try store.run(run)?.deliveries == [.sending: 1, .applied: 1, .refused: 1, .open: 1])
    // The last step of a row counts, within a call too; nothing of the one before stays.
    let last = DeliveryEntry(row: 8, state: .applied, attempts: 3, status: 200)
    try store.record([DeliveryRecord(entries[3]), DeliveryRecord(last)], of: run)
    #expect(try store.entries(of: run) == [entries[0], entries[1], last, entries[3]])
    for reason in ReasonCode.allCases {
      let entry = DeliveryEntry(row: 1, state: .open, attempts: 1, reason: reason)
      try store.record([DeliveryRecord(entry)], of: another)
      #expect(try store.entries(of: another).first == entry)
    }
    for error in APIError.allCases {
      let entry = DeliveryEntry(row: 1, state: .open, attempts: 1, error: error)
      try store.record([DeliveryRecord(entry)], of: another)
      #expect(try store.entries(of: another).first == entry)
    }
  }

  @Test(arguments: StoreKind.all)
  func `what a target confirmed is in the directory and the history`(kind: StoreKind) throws {
    let store = try open(kind)
    let one = try number("101")
    let two = try number("0102")
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.name])
      try writer.write(user(1), .set(one), texts: [.name: "One"])
      try writer.write(user(2), texts: [.name: "Two"])
    }
    let run = try store.beginDelivery()
    try store.record(
      [
        // An unknown user; a known one without a number; the same again; one who takes it away.
        taken(0, user(9), two), taken(1, user(1), one), taken(2, user(2), one),
        taken(3, user(1), two),
      ],
      of: run
    )
    #expect(try store.directory() == [user(1): two, user(2): one])
    #expect(try store.counts().users == 3)
    func change(
      _ row: UInt32,
      _ place: Int,
      _ before: ExtensionNumber?,
      _ after: ExtensionNumber?,
      _ action: ChangeRecord.Action = .changed
    ) -> ChangeRecord {
      ChangeRecord(
        origin: ChangeOrigin(row: row, input: 0, inputRow: row + 2),
        subject: .user,
        action: action,
        key: user(place).description,
        before: before,
        after: after,
        beforeRecord: action == .created ? nil : "{}"
      )
    }
    let expected = [
      change(0, 9, nil, two, .created), change(2, 1, one, nil), change(2, 2, nil, one),
      change(3, 9, two, nil), change(3, 1, nil, two),
    ]
    #expect(try store.changeList(of: run) == expected)
    #expect(try store.run(run)?.changeCount == expected.count)
    #expect(try store.lastRelease(of: [one, two]).map { $0?.user } == [user(1), user(9)])
    #expect(
      try store.users([user(1)], digestOf: [.name])[0]?.digest == digest([.name], ["One"])
    )
  }

  @Test(arguments: StoreKind.all)
  func `a swap over a spare extension leaves its way in the history`(kind: StoreKind) throws {
    let store = try open(kind)
    let numbers = try ["101", "102", "999"].map { try number($0) }
    try store.apply { (writer) throws(ImportError) in
      for place in 0..<2 { try writer.write(user(place), .set(numbers[place])) }
    }
    let run = try store.beginDelivery()
    let spare = DeliveryEntry(
      row: 0,
      state: .sending,
      attempts: 1,
      reason: .swapIncomplete,
      message: "999"
    )
    var first = taken(0, user(0), numbers[2])
    first.entry = spare
    try store.record([first], of: run)
    #expect(try store.entries(of: run) == [spare])
    try store.record([taken(1, user(1), numbers[0])], of: run)
    try store.record([taken(0, user(0), numbers[1])], of: run)
    #expect(try store.directory() == [user(0): numbers[1], user(1): numbers[0]])
    #expect(
      try store.changeList(of: run).map { [$0.before, $0.after] } == [
        [numbers[0], numbers[2]], [numbers[1], numbers[0]], [numbers[2], numbers[1]],
      ]
    )
    #expect(
      try store.lastRelease(of: numbers).map { $0?.user } == [user(0), user(1), user(0)]
    )
  }

  @Test(arguments: StoreKind.all)
  func `steps of a run that is not there are refused as a whole`(kind: StoreKind) throws {
    let store = try open(kind)
    let local = try store.apply { (_) throws(ImportError) in }
    let wanted = try number("101")
    for run in [local, RunID(77)] {
      for step in 0..<3 {
        let thrown = failure { () throws(ImportError) in
          switch step {
          case 0: try store.record([taken(0, user(1), wanted)], of: run)
          case 1: try store.reopen(run)
          default: try store.finish(run)
          }
        }
        #expect(thrown?.kind == .tryAgainLater)
        #expect(thrown?.file == store.location)
      }
      #expect(try store.entries(of: run).isEmpty)
    }
    #expect(try store.run(local)?.summary.state == "applied")
    #expect(try store.counts().users == 0)
  }

  @Test(arguments: StoreKind.all)
  func `the end of a run writes on in its sequence, in one transaction`(kind: StoreKind) throws {
    let store = try open(kind)
    let reader = try kind.open(folder.file("store"), mode: .readOnly)
    let wanted = try number("101")
    let run = try store.beginDelivery()
    try store.record([taken(0, user(1), wanted)], of: run)
    try store.finish(run, state: .incomplete, counts: #"{"applied":1}"#) {
      (writer) throws(ImportError) in
      #expect(writer.run == run)
      try writer.useProfile([.name])
      try writer.write(user(1), isNew: false, row: 0, texts: [.name: "One"])
      try writer.write(user(2), row: 5, texts: [.name: "Two"])
      #expect(try reader.delivery(run)?.state == .running)
      #expect(try reader.counts().users == 1)
    }
    let detail = try #require(try reader.run(run))
    #expect(detail.summary.state == "incomplete")
    #expect(detail.summary.counts == #"{"applied":1}"#)
    #expect(detail.summary.finishedAt > detail.summary.startedAt)
    #expect(detail.changeCount == 3)
    #expect(try reader.changeList(of: run).map(\.action) == [.created, .changed, .created])
    #expect(try reader.directory() == [user(1): wanted])
    try store.reopen(run)
    #expect(try reader.delivery(run)?.state == .running)
    #expect(try reader.run(run)?.summary.counts == #"{"applied":1}"#)
  }

  @Test(arguments: StoreKind.all)
  func `an end that fails leaves the run at work with all its entries`(kind: StoreKind) throws {
    let store = try open(kind)
    let wanted = try number("101")
    let run = try store.beginDelivery()
    try store.record([taken(0, user(1), wanted)], of: run)
    let thrown = failure { () throws(ImportError) in
      try store.finish(run, state: .applied, counts: "{}") { (writer) throws(ImportError) in
        try writer.write(user(2))
        throw ImportError(.tryAgainLater, "stopped")
      }
    }
    #expect(thrown?.message == "stopped")
    #expect(try store.delivery(run)?.state == .running)
    #expect(try store.entries(of: run).map(\.state) == [.applied])
    #expect(try store.directory() == [user(1): wanted])
    #expect(try store.changeList(of: run).count == 1)
    // The journal still works, and its statements too.
    try store.record([taken(1, user(3), wanted)], of: run)
    #expect(try store.changeList(of: run).count == 3)
  }

  @Test(arguments: StoreKind.all)
  func `a thousand entries over several openings are exactly as recorded`(kind: StoreKind) throws {
    var store = try open(kind)
    let run = try store.beginDelivery()
    var random = SeededGenerator(seed: 11)
    var entries: [UInt32: DeliveryEntry] = [:]
    var held: [ObjectID: ExtensionNumber] = [:]
    var known: Set<ObjectID> = []
    var changes: [String] = []
    func confirm(_ assignment: ConfirmedAssignment) {
      let before = held[assignment.user]
      if before == assignment.number { return }
      if let loser = held.first(where: { $0.value == assignment.number })?.key {
        held[loser] = nil
        changes.append("changed \(loser) \(assignment.number) -")
      }
      let action = known.insert(assignment.user).inserted ? "created" : "changed"
      changes.append(
        "\(action) \(assignment.user) \(before?.description ?? "-") \(assignment.number)"
      )
      held[assignment.user] = assignment.number
    }
    for round in 0..<5 {
      for batch in stride(from: 0, to: 1000, by: 8) {
        let records = (batch..<min(batch + 8, 1000)).map { row in
          let state = DeliveryState.allCases.randomElement(using: &random) ?? .open
          var record = DeliveryRecord(
            DeliveryEntry(row: UInt32(row), state: state, attempts: round + 1)
          )
          if state == .applied, let number = ExtensionNumber(place: UInt64(row % 600 + 1)) {
            let user = user(Int.random(in: 0..<700, using: &random))
            record = taken(UInt32(row), user, number)
          }
          return record
        }
        try store.record(records, of: run)
        for record in records {
          entries[record.entry.row] = record.entry
          if let confirmed = record.confirmed { confirm(confirmed) }
        }
      }
      // Every other round is killed: it does not get to its end.
      if round % 2 == 0 { try store.finish(run, .incomplete) }
      store.close()
      store = try open(kind)
      try store.reopen(run)
    }
    try store.finish(run)
    #expect(try store.entries(of: run) == entries.values.sorted { $0.row < $1.row })
    #expect(try store.directory() == held)
    #expect(try store.counts().users == known.count)
    let recorded = try store.changeList(of: run).map { change in
      "\(change.action) \(change.key) \(change.before?.description ?? "-") "
        + (change.after?.description ?? "-")
    }
    #expect(recorded == changes)
  }
}
