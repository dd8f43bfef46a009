import Bytes
import ImportModel
import Readers
import Rows
import Stores
import Validation

/// Writes a plan's rows to the store, inside one transaction.
///
/// All numbers that move are released before any is given, so that chains and swaps work whatever
/// the order of the rows. What rows bring beside id and extension is read again from the inputs, and
/// compared with the plan on the way: an input that changed takes the transaction back.
struct StoreApplication {
  private static let sliceSize = 1 << 12

  let inputs: [OpenInput]
  let rules: Rules
  /// Rows whose user an earlier written row introduces.
  let laterIntroductions: Set<Int>
  let observer: (any RunObserver)?
  /// Whether another target was given the extensions, and the store was told which of them it took:
  /// then only what rows bring beside them is left to be written.
  var isDelivered = false

  /// Writes every row whose outcome is `wouldApply`, and what it brings of each that was delivered;
  /// outcomes stay as they are.
  func write(_ plan: borrowing Plan, to writer: any StoreWriter) throws(ImportError) {
    let delivered = isDelivered ? Self.deliveredUsers(of: plan) : []
    if !isDelivered { try releaseNumbers(of: plan, writer) }
    for place in Self.writingOrder(of: plan.inputs) {
      try writeInput(place, plan, delivered, to: writer)
    }
  }

  /// Takes all numbers away that move.
  private func releaseNumbers(
    of plan: borrowing Plan,
    _ writer: any StoreWriter
  ) throws(ImportError) {
    for index in 0..<plan.previous.count {
      let row = plan[Int(plan.previous[index].row)]
      if row.outcome == .wouldApply { try writer.release(row.id) }
    }
  }

  /// The users that the store knows since the target took their rows.
  private static func deliveredUsers(of plan: borrowing Plan) -> Set<ObjectID> {
    var users: Set<ObjectID> = []
    for input in plan.inputs where input.kind == .users {
      for index in input.rows where plan[index].outcome == .applied {
        users.insert(plan[index].id)
      }
    }
    return users
  }

  /// Extensions exports first; then inputs that introduce users before those that rely on it.
  private static func writingOrder(of inputs: [PlanInput]) -> [Int] {
    let extensions = inputs.indices.filter { inputs[$0].kind == .extensions }
    let profiles = inputs.indices.filter { inputs[$0].kind == .users && inputs[$0].introducesUsers }
    let lists = inputs.indices.filter { inputs[$0].kind == .users && !inputs[$0].introducesUsers }
    return extensions + profiles + lists
  }

  private func writeInput(
    _ place: Int,
    _ plan: borrowing Plan,
    _ delivered: Set<ObjectID>,
    to writer: any StoreWriter
  ) throws(ImportError) {
    let input = inputs[place]
    let kind = plan.inputs[place].kind
    // RingCentral's id is the key of an extension and goes with it, not among its values.
    let recorded = kind == .users ? Field.profile : Field.inventory.filter { $0 != .extensionID }
    let fields = recorded.filter { input.mapping[$0] != nil }
    switch kind {
    case .users: try writer.useProfile(fields)
    case .extensions: try writer.useInventory(fields)
    }
    var texts = RowTexts(input: input, rules: rules)
    var cursor = PlanCursor()
    for index in plan.inputs[place].rows {
      if index % Self.sliceSize == 0 { try advance(to: index, of: plan.count) }
      let row = plan[index]
      let wasDelivered = isDelivered && row.outcome == .applied && !fields.isEmpty
      guard row.outcome == .wouldApply || wasDelivered else { continue }
      let position = plan.position(of: index, &cursor)
      let origin = ChangeOrigin(
        row: UInt32(index),
        input: UInt32(place),
        inputRow: position.row
      )
      switch kind {
      case .users:
        try writer.begin(
          UserWrite(
            id: row.id,
            isNew: row.flags.contains(.introduces) && !laterIntroductions.contains(index)
              && !delivered.contains(row.id),
            number: wasDelivered ? .keep : Self.numberChange(of: row),
            before: row.flags.contains(.hasNumber)
              ? row.extensionNumber : plan.previousExtension(of: index, &cursor),
            origin: origin
          )
        )
      case .extensions:
        try writer.begin(
          ExtensionWrite(
            number: row.extensionNumber,
            ringCentralID: row.high == 0 ? nil : row.high,
            origin: origin
          )
        )
      }
      if !fields.isEmpty { try texts.give(fields, of: row, at: position, to: writer) }
      try writer.finish()
    }
  }

  private static func numberChange(of row: PlanRow) -> NumberChange {
    if row.flags.contains(.clears) { return .clear }
    if row.flags.contains(.recordsOnly) { return .keep }
    return row.extensionNumber.map { .set($0) } ?? .keep
  }

  private func advance(to row: Int, of total: Int) throws(ImportError) {
    guard let observer else { return }
    observer.progress(
      RunProgress(
        stage: .applying,
        input: nil,
        rowCount: row,
        totalRowCount: total,
        byteCount: 0,
        totalByteCount: nil
      )
    )
    try observer.checkInterruption()
  }
}
