import ArgumentParser
import ImportModel

/// Columns of files that the program writes for importing, under names that it recognises.
extension InputKind {
  /// The columns of an export: everything that the store holds.
  var exportColumns: [String] {
    switch self {
    case .users: [Field.userID, .extensionNumber].map(\.name) + Field.profile.map(\.name)
    case .extensions: inventoryColumns
    }
  }

  /// The columns of a template.
  ///
  /// What is recorded of a user comes from the columns that are there, so that a template has only
  /// those that most people want to fill in.
  var templateColumns: [String] {
    switch self {
    case .users: ["userId", "rcExtension", "firstName", "lastName", "email"]
    case .extensions: inventoryColumns
    }
  }

  /// The element around all records, and the one around each.
  var elements: (root: String, record: String) {
    switch self {
    case .users: ("users", "user")
    case .extensions: ("extensions", "extension")
    }
  }

  private var inventoryColumns: [String] {
    ["extensionId", "extensionNumber", "name", "type", "status", "email", "site"]
  }
}

extension InputKind: ExpressibleByArgument {}
