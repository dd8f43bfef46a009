import ImportModel

/// A key that one row only can have.
protocol ClaimedKey: RowKey {
  /// The key that a row claims, or `nil` when it claims none.
  init?(claimedBy row: PlanRow)

  /// Whether the key of a row with the same hash is another one that might be taken for this one.
  func isLike(_ row: PlanRow) -> Bool
}

extension ClaimedKey {
  func isLike(_ row: PlanRow) -> Bool { false }
}

extension UserKey: ClaimedKey {
  init?(claimedBy row: PlanRow) {
    guard row.flags.hasAny(of: .hasID) else { return nil }
    self.init(id: row.id)
  }
}

extension NumberKey: ClaimedKey {
  init?(claimedBy row: PlanRow) {
    guard let number = row.extensionNumber else { return nil }
    self.init(number: number)
  }

  func isLike(_ row: PlanRow) -> Bool { row.extensionNumber?.value == number.value }
}

extension RingCentralKey: ClaimedKey {
  init?(claimedBy row: PlanRow) {
    guard row.high != 0 else { return nil }
    self.init(id: row.high)
  }
}
