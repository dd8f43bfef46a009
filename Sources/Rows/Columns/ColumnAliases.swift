import ImportModel

/// A name under which exports carry a field.
package struct ColumnAlias: Sendable {
  /// How surely the name means the field.
  package enum Strength: Int, Comparable, Sendable {
    /// Taken when nothing better is there.
    case weak
    /// The name means the field wherever it stands.
    case strong

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// The name as `ColumnName.key`, or as `ColumnName.folded` when punctuation matters (`_id`).
  package let name: String
  package let strength: Strength
  /// Keys of columns of which one at least must stand beside it; empty asks for none.
  package let companions: Set<String>
  /// Keys of columns beside which the name means something else.
  package let rivals: Set<String>
  /// Whether only values can tell what the column holds: a bare `id`.
  package let needsContent: Bool

  fileprivate init(
    _ name: String,
    _ strength: Strength = .strong,
    with companions: Set<String> = [],
    without rivals: Set<String> = [],
    needsContent: Bool = false
  ) {
    self.name = name
    self.strength = strength
    self.companions = companions
    self.rivals = rivals
    self.needsContent = needsContent
  }

  /// Whether the alias holds among columns with these keys.
  package func applies(among keys: Set<String>) -> Bool {
    (companions.isEmpty || !companions.isDisjoint(with: keys)) && rivals.isDisjoint(with: keys)
  }
}

/// The names under which exports of known systems carry each field, the best ones first.
///
/// Headers are those of mongoexport, RingCentral (user list, audit, credentials and bulk sheets),
/// FreePBX Bulk Handler, 3CX, Microsoft Entra, Google Workspace, Webex Control Hub, Cisco AXL and
/// phone directories, Yeastar and Switchvox.
package enum ColumnAliases {
  /// The names of a field.
  package static func aliases(of field: Field) -> [ColumnAlias] {
    switch field {
    case .userID: userID
    case .extensionNumber: extensionNumber
    case .extensionID: extensionID
    case .firstName: firstName
    case .lastName: lastName
    case .name: name
    case .email: email
    case .department: strong("department", "dept", "departmentname", "contactdepartment")
    case .jobTitle:
      strong("jobtitle", "title", "employeetitle", "position", "jobposition", "contactjobtitle")
    case .type: type
    case .status: strong("status", "extensionstatus", "userstatus", "accountstatus")
    case .site: site
    // Secrets are read only when somebody says so.
    case .password, .pin: []
    }
  }

  /// Columns that only an export of a telephone system has; they tell extensions from people.
  package static let telephoneSystemColumns: Set<String> = [
    "authid", "authpassword", "sipid", "sipname", "secret", "devicetype", "outboundcid", "mac0",
    "voicemailvmpwd", "routepartitionname", "findmefollowenabled", "ringtimer",
  ]

  /// Steps of a path under which `id`, `name` or `email` belong to something else.
  package static let foreignParents: Set<String> = [
    "manager", "supervisor", "assistant", "site", "location", "department", "company", "account",
    "organization", "organisation", "tenant", "owner", "createdby", "updatedby", "modifiedby",
    "role", "roles", "group", "groups", "costcenter", "permissions", "device", "devices",
    "regionalsettings", "profileimage", "partner", "license", "licence", "country",
  ]

  private static let userID: [ColumnAlias] = [
    ColumnAlias("_id"), ColumnAlias("userid"), ColumnAlias("usermongoid"), ColumnAlias("mongoid"),
    ColumnAlias("mongodbid"), ColumnAlias("mongoobjectid"), ColumnAlias("userobjectid"),
    ColumnAlias("useroid"), ColumnAlias("oid"), ColumnAlias("compassid"),
    ColumnAlias("compassuserid"),
    // Entra's object id is a UUID, whatever its name says.
    ColumnAlias("objectid", without: ["userprincipalname"]),
    ColumnAlias("id", .weak, without: ["userprincipalname"], needsContent: true),
  ]

  private static let extensionNumber: [ColumnAlias] =
    strong(
      "rcextension",
      "extension",
      "ext",
      "extensionnumber",
      "extnumber",
      "extensionno",
      "extno",
      "exten",
      "extn",
      "rcext",
      "ringcentralextension",
      "ringcentralext",
      "rcextensionnumber",
      "newextension",
      "newext",
      "updateextension",
      "assignedextension",
      "primaryextension",
      "longextension",
      "directorynumber",
      "phoneextension",
      "workextension",
      "officeextension",
      "userextension",
      "internalextension",
      "zoomphoneextnumber",
      "primaryextensionpattern"
    ) + [
      ColumnAlias(
        "number",
        .weak,
        with: ["authid", "authpassword", "firstname", "emailaddress", "sipid", "enablevoicemail"]
      ),
      ColumnAlias("pattern", .weak, with: ["routepartitionname"]),
      ColumnAlias(
        "telephone",
        .weak,
        with: ["name"],
        without: ["email", "emailaddress", "mail", "firstname", "lastname", "mobile"]
      ),
      ColumnAlias("ct", .weak, with: ["fn", "ln"]),
    ]

  private static let extensionID: [ColumnAlias] =
    strong(
      "mailboxid",
      "extensionid",
      "extid",
      "rcextensionid",
      "ringcentralid",
      "ringcentralextensionid"
    ) + [
      // In FreePBX the device's id repeats its number.
      ColumnAlias("id", .weak, without: ["devicetype", "tech"], needsContent: true),
      ColumnAlias("uid", .weak),
    ]

  private static let firstName: [ColumnAlias] =
    strong(
      "firstname",
      "givenname",
      "forename",
      "fname",
      "contactfirstname"
    ) + [
      ColumnAlias("first", .weak, with: ["last"]), ColumnAlias("fn", .weak, with: ["ct", "ln"]),
    ]

  private static let lastName: [ColumnAlias] =
    strong(
      "lastname",
      "surname",
      "familyname",
      "lname",
      "contactlastname"
    ) + [
      ColumnAlias("last", .weak, with: ["first"]), ColumnAlias("sn", .weak, with: ["givenname"]),
      ColumnAlias("ln", .weak, with: ["ct", "fn"]),
    ]

  private static let name = strong(
    "name",
    "fullname",
    "displayname",
    "extensionname",
    "employeename",
    "contactname"
  )

  private static let email: [ColumnAlias] =
    strong(
      "email",
      "emailaddress",
      "mail",
      "mailid",
      "workemail",
      "businessemail",
      "primaryemail",
      "emailid",
      "useremail",
      "contactemail",
      "useridemail",
      "useremailaddress"
    ) + [ColumnAlias("voicemailemail", .weak), ColumnAlias("userprincipalname", .weak)]

  private static let type: [ColumnAlias] =
    strong("type", "extensiontype", "exttype") + [
      // Entra's user type is Member or Guest.
      ColumnAlias("usertype", .weak, without: ["userprincipalname"])
    ]

  private static let site: [ColumnAlias] =
    strong("site", "sitename") + [
      ColumnAlias("location", .weak), ColumnAlias("officelocation", .weak),
    ]

  private static func strong(_ names: String...) -> [ColumnAlias] {
    names.map { ColumnAlias($0) }
  }
}
