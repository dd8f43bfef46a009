/// A kind of extension; kinds that nobody documented are kept as they are written.
package struct ExtensionType: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package static let user = ExtensionType(rawValue: "User")
  /// A telephone that stands somewhere and is nobody's; it has no last name.
  package static let limited = ExtensionType(rawValue: "Limited")

  /// Kinds that are a person's, with a first and a last name.
  private static let userNames: Set<String> = [
    "User", "FaxUser", "FlexibleUser", "VirtualUser", "DigitalUser",
  ]

  /// Kinds that an update may name.
  private static let writableNames: Set<String> = userNames.union([
    "Department", "Announcement", "Voicemail", "SharedLinesGroup", "PagingOnly", "IvrMenu",
    "ApplicationExtension", "ParkLocation", "DelegatedLinesGroup", "GroupCallPickup",
  ])

  /// All documented kinds.
  private static let knownNames: Set<String> = writableNames.union([
    "ProxyAdmin", "RoomConnector", "Limited", "Bot", "Site", "Room", "TieLine", "Unknown",
  ])

  /// Whether it is a person's.
  var isUserLike: Bool { Self.userNames.contains(rawValue) }

  /// Whether an update may turn an extension of another kind into this one.
  func canReplace(_ other: ExtensionType) -> Bool {
    self == other
      || Self.userNames.contains(rawValue) && Self.userNames.contains(other.rawValue)
  }

  /// Whether it is documented.
  var isKnown: Bool { Self.knownNames.contains(rawValue) }

  /// Reads how an export writes a kind: blank and `User (Video Pro)` are a user, `Limited Extension`
  /// is limited, and what is not known stays as it is.
  init(exported text: String) {
    let key = text.filter { $0 != " " }.lowercased()
    if key.isEmpty || key.hasPrefix("user(") {
      self = .user
    } else if key.hasPrefix("limited") {
      self = .limited
    } else {
      rawValue = Self.knownNames.first { $0.lowercased() == key } ?? text
    }
  }
}
