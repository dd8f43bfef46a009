/// How far an extension is in use; statuses that nobody documented are kept as they are written.
package struct ExtensionStatus: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package static let enabled = ExtensionStatus(rawValue: "Enabled")
  package static let disabled = ExtensionStatus(rawValue: "Disabled")
  package static let frozen = ExtensionStatus(rawValue: "Frozen")
  package static let notActivated = ExtensionStatus(rawValue: "NotActivated")
  /// Nobody's; it can only be read.
  package static let unassigned = ExtensionStatus(rawValue: "Unassigned")

  /// The statuses that an update may ask for.
  static let writable: Set<ExtensionStatus> = [.enabled, .disabled, .frozen, .notActivated]

  /// The documented statuses.
  static let known = writable.union([.unassigned])

  /// Reads how an export writes a status: letter case and spaces do not matter.
  init?(exported text: String) {
    let key = text.filter { $0 != " " }.lowercased()
    guard let status = Self.known.first(where: { $0.rawValue.lowercased() == key }) else {
      return nil
    }
    self = status
  }
}
