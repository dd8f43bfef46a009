import ImportModel
import Stores
import Testing

/// What every kind of store does, from `DirectoryStore`'s contract.
@Suite struct DirectoryStoreContract {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func open(_ kind: StoreKind) throws -> any DirectoryStore {
    try kind.open(folder.file("store"), mode: .readWrite)
  }

  @Test(arguments: StoreKind.all)
  func `a store that is missing is empty for reading and is not made`(kind: StoreKind) throws {
    let store = try kind.open(folder.file("store"), mode: .readOnly)
    #expect(try store.holdings() == StoreHoldings(hasUsers: false, hasExtensions: false))
    #expect(try store.users([user(1)], digestOf: []) == [nil])
    #expect(try store.holders([number("101")]) == [nil])
    #expect(try store.extensions(numbers: [number("101")], digestOf: []) == [nil])
    #expect(try store.extensions(ringCentralIDs: [1], digestOf: []) == [nil])
    #expect(try store.lastRelease(of: [number("101")]) == [nil])
    #expect(try store.runs(limit: 10).isEmpty)
    store.close()
    #expect(folder.names.isEmpty)
  }

  @Test(arguments: StoreKind.all)
  func `texts come back as they were written`(kind: StoreKind) throws {
    let texts = [
      "", "O'Brien", "\"quoted\"; DROP TABLE user", "Zoë 木村 👩‍👩‍👧", "line\nbreak", " spaces ", "NULL",
      String(repeating: "x", count: 100_000),
    ]
    var store = try open(kind)
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.firstName, .email])
      for (place, text) in texts.enumerated() {
        try writer.write(user(place), texts: [.firstName: text, .email: "e\(text)"])
      }
    }
    store.close()
    store = try open(kind)
    var found: [UserRecord] = []
    try store.forEachUser { found.append($0) }
    #expect(found.map(\.id) == texts.indices.map { user($0) })
    #expect(found.map { $0.values[0] } == texts)
    let ids = Array(texts.indices.map { user($0) })
    #expect(try store.emails(of: ids) == texts.map { "e\($0)" })
    let known = try store.users(ids, digestOf: [.firstName, .email])
    #expect(
      known.map { $0?.digest } == texts.map { digest([.firstName, .email], [$0, "e\($0)"]) }
    )
  }

  @Test(arguments: StoreKind.all)
  func `leading zeros make another number`(kind: StoreKind) throws {
    let store = try open(kind)
    let numbers = try ["0123", "123", "00123", "12", "0000000000"].map { try number($0) }
    try store.apply { (writer) throws(ImportError) in
      for (place, number) in numbers.enumerated() {
        try writer.write(user(place), .set(number))
        try writer.write(extension: number, id: UInt64(place))
      }
    }
    #expect(try store.holders(numbers) == numbers.indices.map { user($0) })
    #expect(try store.extensions(numbers: numbers, digestOf: []).map { $0?.number } == numbers)
    #expect(try store.holders([number("0012"), number("1230")]) == [nil, nil])
  }

  @Test(arguments: StoreKind.all)
  func `fields that are not in use keep their text, those not given are emptied`(
    kind: StoreKind
  ) throws {
    let store = try open(kind)
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.firstName, .lastName, .status])
      try writer.write(user(1), texts: [.firstName: "A", .lastName: "B", .status: "Suspended"])
    }
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.firstName, .lastName])
      try writer.write(user(1), isNew: false, texts: [.lastName: "C"])
    }
    let known = try store.users([user(1)], digestOf: [.firstName, .lastName, .status])
    #expect(known[0]?.digest == digest([.firstName, .lastName, .status], ["", "C", "Suspended"]))
    #expect(known[0]?.isDisabled == true)
  }

  @Test(arguments: StoreKind.all, [false, true])
  func `numbers are swapped and passed on in any order`(kind: StoreKind, reversed: Bool) throws {
    let store = try open(kind)
    let numbers = try ["101", "102", "103", "104"].map { try number($0) }
    try store.apply { (writer) throws(ImportError) in
      for place in numbers.indices { try writer.write(user(place), .set(numbers[place])) }
    }
    // 0 and 1 swap; 2 gets the number of 3, who gets none.
    let moves: [(Int, NumberChange)] = [
      (0, .set(numbers[1])), (1, .set(numbers[0])), (2, .set(numbers[3])), (3, .clear),
    ]
    try store.apply { (writer) throws(ImportError) in
      for place in numbers.indices { try writer.release(user(place)) }
      for (place, change) in reversed ? moves.reversed() : moves {
        try writer.write(user(place), isNew: false, change, before: numbers[place])
      }
    }
    #expect(try store.holders(numbers) == [user(1), user(0), nil, user(2)])
    #expect(try store.counts().assignments == 3)
    let releases = try store.lastRelease(of: numbers)
    #expect(releases.map { $0?.user } == [user(0), user(1), user(2), user(3)])
  }

  @Test(arguments: StoreKind.all, 0...5)
  func `an error at any step takes everything back`(kind: StoreKind, step: Int) throws {
    let store = try open(kind)
    let held = try number("101")
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.name])
      try writer.write(user(1), .set(held), texts: [.name: "old"])
    }
    let stop = ImportError(.tryAgainLater, "stopped")
    let thrown = failure { () throws(ImportError) in
      try store.apply { (writer) throws(ImportError) in
        if step == 0 { throw stop }
        try writer.release(user(1))
        if step == 1 { throw stop }
        try writer.useProfile([.name])
        try writer.write(user(1), isNew: false, .clear, before: held, texts: [.name: "new"])
        if step == 2 { throw stop }
        try writer.write(user(2), .set(held), texts: [.name: "two"])
        if step == 3 { throw stop }
        try writer.write(extension: held, id: 7)
        if step == 4 { throw stop }
        try writer.begin(
          UserWrite(
            id: user(3),
            isNew: true,
            number: .keep,
            before: nil,
            origin: ChangeOrigin(row: 0, input: 0, inputRow: 0)
          )
        )
        throw stop
      }
    }
    #expect(thrown?.message == "stopped")
    #expect(try store.holders([held]) == [user(1)])
    #expect(try store.users([user(1)], digestOf: [.name])[0]?.digest == digest([.name], ["old"]))
    let counts = StoreCounts(users: 1, assignments: 1, extensions: 0, runs: 1)
    #expect(try store.counts() == counts)
    #expect(try store.lastRelease(of: [held]) == [nil])
    // The store still works.
    try store.apply { (writer) throws(ImportError) in
      try writer.write(user(2), isNew: true, .clear)
    }
    #expect(try store.counts().users == 2)
  }

  @Test(arguments: StoreKind.all)
  func `two users never hold one number, and nothing of such a run is kept`(
    kind: StoreKind
  ) throws {
    let store = try open(kind)
    let wanted = try number("101")
    let thrown = failure { () throws(ImportError) in
      try store.apply { (writer) throws(ImportError) in
        try writer.write(user(1), .set(wanted))
        try writer.write(user(2), .set(wanted))
      }
    }
    #expect(thrown?.kind == .tryAgainLater)
    #expect(thrown?.file == store.location)
    #expect(try store.counts() == StoreCounts(users: 0, assignments: 0, extensions: 0, runs: 0))
  }

  @Test(arguments: StoreKind.all)
  func `an error that is swallowed is not committed`(kind: StoreKind) throws {
    let store = try open(kind)
    let thrown = failure { () throws(ImportError) in
      try store.apply { (writer) throws(ImportError) in
        try writer.write(user(1))
        #expect(failure { () throws(ImportError) in try writer.write(user(1)) } != nil)
      }
    }
    #expect(thrown?.kind == .tryAgainLater)
    #expect(try store.holdings().hasUsers == false)
  }

  @Test(arguments: StoreKind.all)
  func `a user who is gone or came in between stops the run`(kind: StoreKind) throws {
    let store = try open(kind)
    try store.apply { (writer) throws(ImportError) in try writer.write(user(1)) }
    for attempt in 0..<3 {
      let thrown = failure { () throws(ImportError) in
        try store.apply { (writer) throws(ImportError) in
          switch attempt {
          case 0: try writer.write(user(1), isNew: true)
          case 1: try writer.write(user(2), isNew: false)
          default: try writer.release(user(2))
          }
        }
      }
      #expect(thrown?.kind == .tryAgainLater)
    }
    #expect(try store.counts().runs == 1)
  }

  @Test(arguments: StoreKind.all)
  func `lookups agree with a plain dictionary`(kind: StoreKind) throws {
    let store = try open(kind)
    var random = SeededGenerator(seed: 7)
    var numbers: [ExtensionNumber: Int] = [:]
    var names: [Int: String] = [:]
    for _ in 0..<800 {
      let id = Int.random(in: 0..<4000, using: &random)
      guard names[id] == nil else { continue }
      names[id] = "n\(id % 17)"
      let place = UInt64.random(in: 1...11_110, using: &random)
      if let number = ExtensionNumber(place: place), numbers[number] == nil { numbers[number] = id }
    }
    let held = Dictionary(uniqueKeysWithValues: numbers.map { ($0.value, $0.key) })
    try store.apply { (writer) throws(ImportError) in
      try writer.useProfile([.name])
      try writer.useInventory([.email])
      for (id, name) in names.sorted(by: { $0.key < $1.key }) {
        let change = held[id].map { NumberChange.set($0) } ?? .keep
        try writer.write(user(id), change, texts: [.name: name])
        if let number = held[id] {
          try writer.write(extension: number, id: UInt64(id), texts: [.email: name])
        }
      }
    }
    for density in [1, 3, 50, 2000] {
      // In order, in no order, and with repetitions.
      let ascending = Array(stride(from: 0, to: 4000, by: density))
      for ids in [ascending, ascending.shuffled(using: &random), ascending.flatMap { [$0, $0] }] {
        let known = try store.users(ids.map { user($0) }, digestOf: [.name])
        #expect(
          known.map { $0?.digest } == ids.map { id in names[id].map { digest([.name], [$0]) } }
        )
        #expect(known.map { $0?.extensionNumber } == ids.map { held[$0] })
        let byID = try store.extensions(ringCentralIDs: ids.map { UInt64($0) }, digestOf: [])
        #expect(byID.map { $0?.number } == ids.map { held[$0] })
      }
      let places = Array(stride(from: UInt64(1), through: 11_110, by: density))
      for places in [places, places.shuffled(using: &random)] {
        let wanted = places.compactMap { ExtensionNumber(place: $0) }
        let holders = try store.holders(wanted)
        #expect(holders == wanted.map { numbers[$0].map { user($0) } })
        let known = try store.extensions(numbers: wanted, digestOf: [.extensionID, .email])
        #expect(known.map { $0?.ringCentralID } == wanted.map { numbers[$0].map { UInt64($0) } })
        let digests = wanted.map { wanted in
          numbers[wanted].flatMap { id in
            names[id].map { digest([.extensionID, .email], ["\(id)", $0]) }
          }
        }
        #expect(known.map { $0?.digest } == digests)
      }
    }
  }
}
