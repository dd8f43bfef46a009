import ImportModel

/// Finds which columns hold which fields, and so whether an input lists users or extensions.
///
/// What the user says (`--map`) wins, then names that are known (`ColumnAliases`), and only for a
/// bare `id` the values. A name that is merely like a known one is suggested, never taken.
package struct ColumnMatcher {
  let names: [ColumnName]
  let samples: ColumnSamples
  let options: ReadingOptions
  let grows: Bool
  private let keys: Set<String>

  /// Takes an input's columns.
  ///
  /// - Parameters:
  ///   - columns: their names, in order.
  ///   - samples: their first values.
  ///   - options: what the user says about them.
  ///   - grows: whether further columns may turn up while reading, as in XML.
  package init(
    columns: [String],
    samples: ColumnSamples,
    options: ReadingOptions,
    grows: Bool = false
  ) {
    names = columns.map { ColumnName($0) }
    self.samples = samples
    self.options = options
    self.grows = grows
    keys = Set(names.map(\.key))
  }

  /// Finds the columns of all fields.
  ///
  /// - Throws: `column_missing`, `column_duplicate`, `column_ambiguous`, `columns_swapped`,
  ///   `header_missing` or `map_invalid`.
  package func match() throws(ColumnRefusal) -> ColumnMatch {
    var mapping = try mappingByUser()
    if options.hasHeader, !grows, firstRowLooksLikeData { throw ColumnRefusal(.headerMissing) }
    let kind = try kind(mapping)
    if options.hasHeader {
      for field in Self.fields(of: kind) where mapping[field] == nil {
        mapping[field] = try column(of: field, kind: kind, taken: mapping)
      }
    }
    try checkKeys(mapping, kind: kind)
    return ColumnMatch(kind: kind, mapping: mapping, remarks: remarks(mapping, kind: kind))
  }

  /// The fields that inputs of a kind have, keys first.
  static func fields(of kind: InputKind) -> [Field] {
    switch kind {
    case .users: [.userID, .extensionNumber] + Field.profile
    case .extensions: [.extensionNumber] + Field.inventory
    }
  }

  // A header is there, yet nobody would call a column by an id.
  private var firstRowLooksLikeData: Bool {
    names.contains { ColumnSamples.isObjectID($0.cleaned) }
      && !Field.allCases.contains { !candidates(for: $0).isEmpty }
  }

  private func checkKeys(_ mapping: ColumnMapping, kind: InputKind) throws(ColumnRefusal) {
    switch kind {
    case .users:
      guard let id = mapping[.userID] else { throw missing(.userID) }
      if let number = mapping[.extensionNumber],
        samples.areSwapped(id: id, extensionNumber: number)
      {
        throw ColumnRefusal(
          .columnsSwapped,
          text: "\"\(names[id].cleaned)\" and \"\(names[number].cleaned)\""
        )
      }
    case .extensions:
      guard mapping[.extensionNumber] != nil || mapping[.extensionID] != nil else {
        throw missing(.extensionNumber)
      }
    }
  }
}

// MARK: - What the user says

extension ColumnMatcher {
  private func mappingByUser() throws(ColumnRefusal) -> ColumnMapping {
    var mapping = ColumnMapping()
    for field in Field.allCases {
      guard let wanted = options.map[field] else { continue }
      mapping[field] = try column(named: wanted, for: field)
    }
    return mapping
  }

  private func column(named wanted: String, for field: Field) throws(ColumnRefusal) -> Int? {
    let name = ColumnName(wanted)
    var found = names.indices.filter { names[$0].cleaned == name.cleaned }
    if found.count > 1 {
      throw ColumnRefusal(.columnDuplicate, field: field, number: found.count, text: name.cleaned)
    }
    if found.isEmpty { found = names.indices.filter { names[$0].key == name.key } }
    if found.count > 1 { throw ambiguous(field, found) }
    if let column = found.first { return column }
    if let number = Int(wanted), number >= 1, number <= names.count { return number - 1 }
    // An element that is not in the first records may yet come; a key that is not is a slip.
    if grows, field != .userID, field != .extensionNumber, field != .extensionID { return nil }
    let near = names.first { EditDistance.isNearMiss(name.key, of: $0.key) }
    throw ColumnRefusal(
      .mapInvalid,
      field: field,
      text: "\"\(wanted)\"; found: \(columnList)",
      suggestion: near?.cleaned
    )
  }
}

// MARK: - Names

extension ColumnMatcher {
  /// A column whose name is known for a field; smaller ranks are better.
  private struct Candidate {
    var column: Int
    /// 0: a strong name; 1: the last step of a path is one; 2 and 3: the same for weak names.
    var tier: Int
    var place: Int
  }

  /// The columns whose names are known for a field, best first; a bare `id` only when it may be.
  private func candidates(for field: Field, meaningOfID: Field? = nil) -> [Candidate] {
    let aliases = ColumnAliases.aliases(of: field)
    var found: [Candidate] = []
    for (column, name) in names.enumerated() where !name.isAdded {
      for (place, alias) in aliases.enumerated() where alias.applies(among: keys) {
        if alias.needsContent, meaningOfID != nil, meaningOfID != field { continue }
        guard let step = Self.step(of: name, matching: alias) else { continue }
        found.append(
          Candidate(
            column: column,
            tier: (alias.strength == .strong ? 0 : 2) + step,
            place: place
          )
        )
      }
    }
    return found.sorted { ($0.tier, $0.place, $0.column) < ($1.tier, $1.place, $1.column) }
  }

  /// 0 when the whole name is the alias, 1 when the last step of a path is.
  private static func step(of name: ColumnName, matching alias: ColumnAlias) -> Int? {
    if name.key == alias.name || name.folded == alias.name { return 0 }
    // An attribute; nothing is put together, as this is asked some thousand times.
    if name.folded.utf8.first == UInt8(ascii: "@"), name.folded.dropFirst() == alias.name {
      return 0
    }
    guard name.steps.count > 1, name.steps.last == alias.name || name.lastKey == alias.name
    else { return nil }
    let parents = name.steps.dropLast().map { ColumnName.key(of: $0) }
    return parents.contains { ColumnAliases.foreignParents.contains($0) } ? nil : 1
  }

  private func column(
    of field: Field,
    kind: InputKind,
    taken: ColumnMapping
  ) throws(ColumnRefusal) -> Int? {
    let used = Set(Field.allCases.compactMap { taken[$0] })
    let found = withoutNested(
      candidates(for: field, meaningOfID: kind == .users ? .userID : .extensionID)
        .filter { !used.contains($0.column) }
    )
    guard let best = found.first else { return nil }
    let same = names.indices.filter { names[$0].cleaned == names[best.column].cleaned }
    if same.count > 1 {
      throw ColumnRefusal(
        .columnDuplicate,
        field: field,
        number: same.count,
        text: names[best.column].cleaned
      )
    }
    if field == .userID || field == .extensionNumber, best.tier < 2 {
      let rivals = Set(found.filter { $0.tier == best.tier }.map(\.column)).sorted()
      if rivals.count > 1 { throw ambiguous(field, rivals) }
    }
    return best.column
  }

  /// Of elements inside one another, the outer one: a record in which it has elements is damaged.
  ///
  /// Where only the inner one has values, the outer one is empty in some records, and no value.
  private func withoutNested(_ found: [Candidate]) -> [Candidate] {
    guard grows else { return found }
    return found.filter { candidate in
      !found.contains { other in
        let (column, rival) = (candidate.column, other.column)
        if names[column].isBelow(names[rival]) { return !hasOnlyInnerValues(rival, column) }
        return names[rival].isBelow(names[column]) && hasOnlyInnerValues(column, rival)
      }
    }
  }

  private func hasOnlyInnerValues(_ outer: Int, _ inner: Int) -> Bool {
    samples.values(ofColumn: outer).isEmpty && !samples.values(ofColumn: inner).isEmpty
  }

  private func ambiguous(_ field: Field, _ columns: [Int]) -> ColumnRefusal {
    let list = columns.map { "\"\(names[$0].cleaned)\"" }.joined(separator: " and ")
    return ColumnRefusal(.columnAmbiguous, field: field, text: list)
  }
}

// MARK: - Users or extensions

extension ColumnMatcher {
  private func kind(_ mapping: ColumnMapping) throws(ColumnRefusal) -> InputKind {
    if let kind = options.kind { return kind }
    if mapping[.userID] != nil { return .users }
    if mapping[.extensionID] != nil { return .extensions }
    guard options.hasHeader else { throw missing(.userID) }
    let ids = candidates(for: .userID)
    if let best = ids.first, best.tier < 2 { return .users }
    let bareID = ids.first?.column ?? candidates(for: .extensionID).first { $0.tier >= 2 }?.column
    let numbers = candidates(for: .extensionNumber)
    let numberColumn = mapping[.extensionNumber] ?? numbers.first?.column
    let describesExtensions = describesExtensions
    if !ids.isEmpty, let bareID {
      let isSwapped =
        numberColumn.map { samples.areSwapped(id: bareID, extensionNumber: $0) } ?? false
      let isUserID = samples.holdUserIDs(
        inColumn: bareID,
        besideExtensions: describesExtensions && numberColumn != nil
      )
      if isSwapped || isUserID { return .users }
    }
    if let best = candidates(for: .extensionID).first, best.tier < 2 { return .extensions }
    guard numberColumn != nil else { throw missing(.userID) }
    // Numbers as ids beside people's names are some other system's ids, not RingCentral's.
    if describesExtensions || (bareID != nil && !hasAny(of: Self.personal)) { return .extensions }
    throw missing(.userID)
  }

  /// Fields that only lists of people have.
  private static let personal: [Field] = [.firstName, .lastName, .department, .jobTitle]

  private var describesExtensions: Bool {
    if let best = candidates(for: .type).first, best.tier < 2 { return true }
    if !keys.isDisjoint(with: ColumnAliases.telephoneSystemColumns) { return true }
    guard !hasAny(of: Self.personal) else { return false }
    return hasAny(of: [.type, .status]) || (hasAny(of: [.name]) && !hasAny(of: [.email]))
  }

  private func hasAny(of fields: [Field]) -> Bool {
    fields.contains { field in
      candidates(for: field).contains { $0.tier == 0 || $0.tier == 2 }
    }
  }
}

// MARK: - What to say

extension ColumnMatcher {
  private func missing(_ field: Field) -> ColumnRefusal {
    let known = names.first { isNearMiss($0, of: field) }
    return ColumnRefusal(
      .columnMissing,
      field: field,
      text: columnList,
      suggestion: known?.cleaned
    )
  }

  private func isNearMiss(_ name: ColumnName, of field: Field) -> Bool {
    let spellings = [name.key, name.lastKey]
    return ColumnAliases.aliases(of: field).contains { alias in
      spellings.contains { EditDistance.isNearMiss($0, of: alias.name) }
    }
  }

  private var columnList: String {
    let shown = names.prefix(20).map { name in
      name.cleaned.count > 40 ? name.cleaned.prefix(39) + "…" : name.cleaned
    }
    let rest = names.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private func remarks(_ mapping: ColumnMapping, kind: InputKind) -> [Finding] {
    guard options.hasHeader else { return [] }
    let fields = Self.fields(of: kind)
    let used = Set(Field.allCases.compactMap { mapping[$0] })
    var remarks = used.sorted().filter { names[$0].hadHiddenCharacters }.map {
      Finding(.headerHiddenChars, .note, text: names[$0].cleaned)
    }
    for (column, name) in names.enumerated() where !used.contains(column) && !name.isAdded {
      // A name that is known for some other field is no slip.
      guard !Field.allCases.contains(where: { isKnown(name, for: $0) }) else { continue }
      let field =
        fields.first { mapping[$0] == nil && isNearMiss(name, of: $0) }
        ?? fieldByContent(ofColumn: column, mapping, kind: kind)
      guard let field else { continue }
      remarks.append(
        Finding(
          grows ? .xmlUnknownElement : .columnUnknown,
          .warning,
          field: field,
          text: name.cleaned,
          suggestion: field.name
        )
      )
    }
    return remarks
  }

  /// The field that the values of a column suggest, where nothing else holds it.
  ///
  /// A list of people without extensions is recorded as such; that it has extensions under a name that
  /// nobody knows must not go unnoticed.
  private func fieldByContent(
    ofColumn column: Int,
    _ mapping: ColumnMapping,
    kind: InputKind
  ) -> Field? {
    guard kind == .users, mapping[.extensionNumber] == nil,
      samples.holdExtensions(inColumn: column)
    else { return nil }
    return .extensionNumber
  }

  private func isKnown(_ name: ColumnName, for field: Field) -> Bool {
    ColumnAliases.aliases(of: field).contains { Self.step(of: name, matching: $0) != nil }
  }
}
