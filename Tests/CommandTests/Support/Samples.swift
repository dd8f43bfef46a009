/// The id of the user with a number.
func id(_ number: Int) -> String {
  let digits = String(number, radix: 16)
  return "64b7f1a2e4b0a5d3f9" + String(repeating: "0", count: 6 - digits.count) + digits
}

/// An assignment list as CSV, a row for each pair of a user's number and an extension.
func list(_ rows: (user: Int, number: String)...) -> String { list(rows) }

/// An assignment list as CSV, a row for each pair of a user's number and an extension.
func list(_ rows: [(user: Int, number: String)]) -> String {
  "userId,rcExtension\n" + rows.map { "\(id($0.user)),\($0.number)\n" }.joined()
}

/// An assignment list as XML.
func markup(_ rows: (user: Int, number: String)...) -> String {
  let records = rows.map { user, number in
    "  <user><userId>\(id(user))</userId><rcExtension>\(number)</rcExtension></user>\n"
  }
  return "<users>\n\(records.joined())</users>\n"
}

extension Workspace {
  /// Makes the store know users and the extensions they hold.
  func store(_ rows: (user: Int, number: String)..., named store: String = "rcimport.sqlite") throws
  {
    try self.store(rows, named: store)
  }

  /// Makes the store know users and the extensions they hold.
  func store(_ rows: [(user: Int, number: String)], named store: String = "rcimport.sqlite") throws
  {
    let result = try run(
      "apply",
      "-",
      "--store",
      store,
      "--unknown-users",
      "create",
      "--on-blank",
      "skip",
      input: .text(list(rows))
    )
    guard result.code == 0 else { throw StoreFailure(text: result.err + result.out) }
  }

  /// What the store holds, as its own export says.
  func exported(_ kind: String = "users", store: String = "rcimport.sqlite") throws -> String {
    try run("export", kind, "--store", store).out
  }

  /// The extension of each user that the store knows, by id; empty for none.
  func assignments(store: String = "rcimport.sqlite") throws -> [String: String] {
    var all: [String: String] = [:]
    for line in try exported(store: store).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      all[String(cells[0])] = String(cells[1])
    }
    return all
  }

  /// Whether the store knows nobody, or is not there at all.
  func storesNothing() throws -> Bool {
    try !has("rcimport.sqlite") || assignments().isEmpty
  }

  private struct StoreFailure: Error { var text: String }
}
