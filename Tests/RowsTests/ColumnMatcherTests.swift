import ImportModel
import Rows
import Testing

struct ColumnMatcherTests {
  static let ids = [
    "64b7f1a2e4b0a5d3f9c12345", "64b7f1a2e4b0a5d3f9c12346", "64b7f1a2e4b0a5d3f9c12347",
  ]

  /// A header as a system writes it, with what its columns mean.
  struct Header: CustomTestStringConvertible {
    var system: String
    var columns: String
    var rows: [[String]] = []
    var kind: InputKind
    /// `field=column` pairs.
    var mapping: String

    var testDescription: String { system }
  }

  static let headers = [
    Header(
      system: "mongoexport with paths",
      columns:
        "_id,personalInformation.firstName,personalInformation.email,personalInformation.rcExtension",
      kind: .users,
      mapping:
        "userId=_id rcExtension=personalInformation.rcExtension firstName=personalInformation.firstName email=personalInformation.email"
    ),
    Header(
      system: "mongoexport with somebody else's id",
      columns: "_id,manager._id,site.name,manager.email,ext",
      kind: .users,
      mapping: "userId=_id rcExtension=ext site=site.name"
    ),
    Header(
      system: "assignment list",
      columns: "userId,rcExtension",
      kind: .users,
      mapping: "userId=userId rcExtension=rcExtension"
    ),
    Header(
      system: "a bare id with ObjectIds",
      columns: "id,Ext",
      rows: [[ids[0], "12"]],
      kind: .users,
      mapping: "userId=id rcExtension=Ext"
    ),
    Header(
      system: "a bare id with wrapped ObjectIds",
      columns: "id,Ext",
      rows: [["ObjectId(\(ids[0]))", "12"], ["{\"$oid\":\"\(ids[1])\"}", "13"]],
      kind: .users,
      mapping: "userId=id rcExtension=Ext"
    ),
    Header(
      system: "a bare id with damaged ObjectIds",
      columns: "id,Ext",
      rows: [["6.4E+23", "12"]],
      kind: .users,
      mapping: "userId=id rcExtension=Ext"
    ),
    Header(
      system: "a bare id with numbers",
      columns: "id,extensionNumber,name,type,status",
      rows: [["700101", "101", "Ann", "User", "Enabled"]],
      kind: .extensions,
      mapping: "rcExtension=extensionNumber extensionId=id name=name type=type status=status"
    ),
    Header(
      system: "a bare id with numbers, one damaged, of extensions",
      columns: "id,extensionNumber,type",
      rows: [["700101", "101", "User"], ["7OO102", "102", "User"], [ids[0], "103", "User"]],
      kind: .extensions,
      mapping: "rcExtension=extensionNumber extensionId=id type=type"
    ),
    Header(
      system: "a bare id with nothing but damaged numbers, of extensions",
      columns: "id,extensionNumber,status",
      rows: [["4.0062E+11", "101", "Enabled"]],
      kind: .extensions,
      mapping: "rcExtension=extensionNumber extensionId=id status=status"
    ),
    Header(
      system: "a bare id with numbers, one damaged",
      columns: "id,ext",
      rows: [["700101", "101"], ["4.0062E+11", "102"]],
      kind: .extensions,
      mapping: "rcExtension=ext extensionId=id"
    ),
    Header(
      system: "a bare id with ObjectIds and a number",
      columns: "id,ext,status",
      rows: [[ids[0], "101", "Enabled"], [ids[1], "102", "Enabled"], ["700101", "103", ""]],
      kind: .users,
      mapping: "userId=id rcExtension=ext status=status"
    ),
    Header(
      system: "a bare id with digits only",
      columns: "id,ext",
      rows: [["640274123456789012345678", "101"], ["700101", "102"]],
      kind: .users,
      mapping: "userId=id rcExtension=ext"
    ),
    Header(
      system: "RingCentral audit export",
      columns: "Mailbox ID,Name,Ext,Email,Site,Phone Numbers,Type,Status,Hidden,Created At",
      kind: .extensions,
      mapping:
        "rcExtension=Ext extensionId=Mailbox ID name=Name email=Email type=Type status=Status site=Site"
    ),
    Header(
      system: "RingCentral user list with our ids",
      columns: "Mailbox ID,User ID,Extension Number,First Name,Last Name,Email Address",
      kind: .users,
      mapping:
        "userId=User ID rcExtension=Extension Number firstName=First Name lastName=Last Name email=Email Address"
    ),
    Header(
      system: "FreePBX bulk handler",
      columns:
        "extension,password,name,voicemail,outboundcid,id,tech,dial,devicetype,user,voicemail_email,,",
      rows: [
        ["100", "x", "Ann", "default", "", "100", "pjsip", "PJSIP/100", "fixed", "100", "", "", ""]
      ],
      kind: .extensions,
      mapping: "rcExtension=extension name=name email=voicemail_email"
    ),
    Header(
      system: "3CX",
      columns: "Number,FirstName,LastName,EmailAddress,MobileNumber,AuthID,AuthPassword,PIN,MAC_0",
      kind: .extensions,
      mapping: "rcExtension=Number email=EmailAddress"
    ),
    Header(
      system: "3CX with user ids",
      columns: "userId,Number,FirstName,LastName,EmailAddress",
      kind: .users,
      mapping:
        "userId=userId rcExtension=Number firstName=FirstName lastName=LastName email=EmailAddress"
    ),
    Header(
      system: "Google Workspace with our ids",
      columns:
        "User Id,First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],Work Phone,Employee Title,Department",
      kind: .users,
      mapping:
        "userId=User Id firstName=First Name [Required] lastName=Last Name [Required] email=Email Address [Required] department=Department jobTitle=Employee Title status=Status [READ ONLY]"
    ),
    Header(
      system: "Webex Control Hub with our ids",
      columns:
        "First Name,Last Name,Display Name,User ID/Email (Required),Extension,Phone Number,Location,_id",
      kind: .users,
      mapping:
        "userId=_id rcExtension=Extension firstName=First Name lastName=Last Name name=Display Name email=User ID/Email (Required) site=Location"
    ),
    Header(
      system: "Entra with our ids",
      columns:
        "userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,telephoneNumber,compassId",
      kind: .users,
      mapping:
        "userId=compassId firstName=givenName lastName=surname name=displayName email=mail department=department jobTitle=jobTitle"
    ),
    Header(
      system: "Yeastar with our ids",
      columns: "First Name,Last Name,Email Address,Mobile,Extension,User Group/Department,oid",
      kind: .users,
      mapping:
        "userId=oid rcExtension=Extension firstName=First Name lastName=Last Name email=Email Address department=User Group/Department"
    ),
    Header(
      system: "Cisco AXL",
      columns:
        "@uuid,firstName,lastName,userid,mailid,department,telephoneNumber,primaryExtension/pattern,primaryExtension/routePartitionName",
      kind: .users,
      mapping:
        "userId=userid rcExtension=primaryExtension/pattern firstName=firstName lastName=lastName email=mailid department=department"
    ),
    Header(
      system: "phone directory",
      columns: "Name,Telephone",
      kind: .extensions,
      mapping: "rcExtension=Telephone name=Name"
    ),
    Header(
      system: "Polycom directory",
      columns: "ln,fn,ct,sd,rt,_row,mailboxId",
      kind: .extensions,
      mapping: "rcExtension=ct extensionId=mailboxId"
    ),
    Header(
      system: "a mended rejects file",
      columns: "userId,rcExtension,_row,_line,_codes,_message,_hint,_suggested",
      kind: .users,
      mapping: "userId=userId rcExtension=rcExtension"
    ),
  ]

  @Test(arguments: headers)
  func `headers of known systems are understood`(_ header: Header) throws {
    let columns = header.columns.split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    let match = try ColumnMatcher(
      columns: columns,
      samples: ColumnSamples(rows: header.rows),
      options: ReadingOptions()
    ).match()
    #expect(match.kind == header.kind)
    #expect(Self.text(match.mapping, columns) == Set(Self.pairs(header.mapping)))
    #expect(match.remarks == [])
  }

  // MARK: Refusals

  static let refused: [(String, ReasonCode, Field?, String?)] = [
    ("usreId,rcExtension", .columnMissing, .userID, "usreId"),
    ("userprincipalname,objectId,displayName", .columnMissing, .userID, nil),
    ("First Name,Last Name,Email,Ext", .columnMissing, .userID, nil),
    ("First Name,Last Name,Email,Ext,Status", .columnMissing, .userID, nil),
    ("Name,Email,Ext", .columnMissing, .userID, nil),
    ("foo,bar", .columnMissing, .userID, nil),
    ("_id,userId,ext", .columnAmbiguous, .userID, nil),
    ("_id,Ext,Extension", .columnAmbiguous, .extensionNumber, nil),
    ("_id,old.rcExtension,new.rcExtension", .columnAmbiguous, .extensionNumber, nil),
    ("userId,userId,ext", .columnDuplicate, .userID, nil),
    ("userId,ext,ext", .columnDuplicate, .extensionNumber, nil),
    ("userId,Email,Email", .columnDuplicate, .email, nil),
    ("64b7f1a2e4b0a5d3f9c12345,1234", .headerMissing, nil, nil),
  ]

  @Test(arguments: refused)
  func `columns that cannot be used are refused`(
    _ columns: String,
    _ code: ReasonCode,
    _ field: Field?,
    _ suggestion: String?
  ) {
    let refusal = refusal(columns)
    #expect(refusal?.finding.code == code)
    #expect(refusal?.finding.field == field)
    #expect(refusal?.finding.suggestion == suggestion)
    #expect(refusal?.finding.severity == .refusal)
  }

  @Test func `a column without use may appear twice`() throws {
    let match = try match("userId,fax,fax,ext")
    #expect(match.mapping[.extensionNumber] == 3)
  }

  @Test func `the better name of a profile field wins silently`() throws {
    let match = try match("userId,work email,email,mail")
    #expect(match.mapping[.email] == 2)
    #expect(match.remarks == [])
  }

  @Test func `a missing column is told with those that are there`() {
    #expect(refusal("foo,bar\u{FEFF} ,baz")?.finding.text == "foo, bar, baz")
    let many = (1...30).map { "c\($0)" }.joined(separator: ",")
    #expect(refusal(many)?.finding.text?.hasSuffix("c20 and 10 more") == true)
  }

  @Test func `near misses are told and not taken`() throws {
    let match = try match("userId,extention,Departmnet,notes")
    #expect(match.mapping[.extensionNumber] == nil)
    #expect(match.mapping[.department] == nil)
    #expect(
      match.remarks == [
        Finding(
          .columnUnknown,
          .warning,
          field: .extensionNumber,
          text: "extention",
          suggestion: "rcExtension"
        ),
        Finding(
          .columnUnknown,
          .warning,
          field: .department,
          text: "Departmnet",
          suggestion: "department"
        ),
      ]
    )
  }

  @Test(arguments: [
    ("userId,Durchwahl", ["4711", "", "0815", "12345678"], true),
    // Too few, twice the same, too long, no number; and a column of extensions that is used.
    ("userId,Durchwahl", ["4711", "4712"], false),
    ("userId,zip", ["10115", "10117", "10115"], false),
    ("userId,phone", ["555010101", "555010102", "555010103"], false),
    ("userId,room", ["101", "102", "1a"], false),
    ("userId,room,ext", ["101", "102", "103"], false),
  ])
  func `a column that looks like extensions is told where there is no other`(
    columns: String,
    values: [String],
    isTold: Bool
  ) throws {
    let rows = values.enumerated().map { place, value in
      [Self.ids[place % Self.ids.count], value, "\(2000 + place)"]
    }
    let match = try match(columns, rows: rows)
    let told = Finding(
      .columnUnknown,
      .warning,
      field: .extensionNumber,
      text: "Durchwahl",
      suggestion: "rcExtension"
    )
    #expect(match.remarks == (isTold ? [told] : []))
  }

  @Test func `hidden characters in a used name are noted`() throws {
    let match = try match("\u{FEFF}userId,note\u{A0}s")
    #expect(match.remarks == [Finding(.headerHiddenChars, .note, text: "userId")])
  }

  @Test func `swapped columns are refused`() {
    let rows = Self.ids.enumerated().map { ["10\($0)", $1] }
    for columns in ["userId,ext", "id,ext"] {
      let finding = refusal(columns, rows: rows)?.finding
      #expect(finding?.code == .columnsSwapped)
      #expect(finding?.text == "\"\(columns.dropLast(4))\" and \"ext\"")
    }
  }

  @Test func `two rows or one right row do not make columns swapped`() throws {
    let rows = Self.ids.enumerated().map { ["10\($0)", $1] }
    _ = try match("userId,ext", rows: Array(rows.prefix(2)))
    _ = try match("userId,ext", rows: rows + [["64b7f1a2e4b0a5d3f9c12348", "12"]])
  }

  @Test func `numbers as ids beside names of people are not RingCentral's`() {
    let finding = refusal("id,first name,last name,ext", rows: [["1", "A", "B", "100"]])?.finding
    #expect(finding?.code == .columnMissing)
    #expect(finding?.field == .userID)
  }

  // MARK: What the user says

  @Test(
    arguments: [
      ("staff", 0), (" STAFF ", 0), ("Ext. No", 1), ("2", 1), ("3", 2),
    ]
  )
  func `a mapped column is found by name or number`(_ wanted: String, _ column: Int) throws {
    var options = ReadingOptions()
    options.map = [.userID: wanted]
    let columns = ["staff", "ext no", "3"]
    let match = try ColumnMatcher(columns: columns, samples: .init(), options: options).match()
    #expect(match.mapping[.userID] == column)
  }

  @Test func `what the user says wins over known names`() throws {
    var options = ReadingOptions()
    options.map = [.userID: "userId", .extensionNumber: "Ext"]
    let match = try match("_id,userId,Extension,Ext", options: options)
    #expect(match.mapping[.userID] == 1)
    #expect(match.mapping[.extensionNumber] == 3)
  }

  @Test func `a mapped column that is not there is refused`() {
    var options = ReadingOptions()
    options.map = [.extensionNumber: "Nebenstele"]
    let finding = refusal("userId,Nebenstelle", options: options)?.finding
    #expect(finding?.code == .mapInvalid)
    #expect(finding?.field == .extensionNumber)
    #expect(finding?.text == "\"Nebenstele\"; found: userId, Nebenstelle")
    #expect(finding?.suggestion == "Nebenstelle")
    options.map = [.extensionNumber: "7"]
    let far = refusal("userId,ext", options: options)?.finding
    #expect(far?.text == "\"7\"; found: userId, ext" && far?.suggestion == nil)
  }

  @Test func `without a header only the user's mapping counts`() throws {
    var options = ReadingOptions()
    options.hasHeader = false
    #expect(refusal("1,2", options: options)?.finding.code == .columnMissing)
    options.map = [.userID: "2", .extensionNumber: "1"]
    let match = try match("1,2", options: options)
    #expect(match.kind == .users)
    #expect(match.mapping[.userID] == 1)
    #expect(match.mapping[.extensionNumber] == 0)
  }

  @Test func `the user's word on the kind is taken`() throws {
    var options = ReadingOptions()
    options.kind = .extensions
    let match = try match("userId,ext,id,name,email", options: options)
    #expect(match.kind == .extensions)
    #expect(match.mapping[.userID] == nil)
    #expect(match.mapping[.extensionID] == 2)
    options.kind = .users
    #expect(refusal("Mailbox ID,Ext,Type", options: options)?.finding.field == .userID)
  }

  @Test func `an optional element that is mapped may come later in XML`() throws {
    var options = ReadingOptions()
    options.map = [.jobTitle: "work/role"]
    let matcher = ColumnMatcher(
      columns: ["userId"],
      samples: .init(),
      options: options,
      grows: true
    )
    #expect(try matcher.match().mapping[.jobTitle] == nil)
  }

  @Test(
    arguments: [
      ("rcExtension,rcExtension/number", ["", "12", "13"], "rcExtension"),
      ("rcExtension/number,rcExtension", ["", "13", "12"], "rcExtension"),
      ("rcExtension/number,rcExtension", ["", "", ""], "rcExtension"),
      ("extension,extension/number", ["", "", "13"], "extension/number"),
    ]
  )
  func `an element inside another is no rival of it in XML`(
    _ columns: String,
    _ row: [String],
    _ expected: String
  ) throws {
    let columns = ["userId"] + columns.split(separator: ",").map(String.init)
    let matcher = ColumnMatcher(
      columns: columns,
      samples: ColumnSamples(rows: [row]),
      options: ReadingOptions(),
      grows: true
    )
    #expect(try matcher.match().mapping[.extensionNumber].map { columns[$0] } == expected)
  }

  private func match(
    _ columns: String,
    rows: [[String]] = [],
    options: ReadingOptions = ReadingOptions()
  ) throws -> ColumnMatch {
    try ColumnMatcher(
      columns: columns.split(separator: ",").map(String.init),
      samples: ColumnSamples(rows: rows),
      options: options
    ).match()
  }

  private func refusal(
    _ columns: String,
    rows: [[String]] = [],
    options: ReadingOptions = ReadingOptions()
  ) -> ColumnRefusal? {
    do {
      _ = try match(columns, rows: rows, options: options)
      return nil
    } catch {
      return error as? ColumnRefusal
    }
  }

  private static func text(_ mapping: ColumnMapping, _ columns: [String]) -> Set<String> {
    Set(
      Field.allCases.compactMap { field in mapping[field].map { "\(field.name)=\(columns[$0])" } }
    )
  }

  /// Splits before each field's name, as columns have spaces.
  private static func pairs(_ text: String) -> [String] {
    var pairs: [String] = []
    for word in text.split(separator: " ") {
      let isField = Field.allCases.contains { word.hasPrefix($0.name + "=") }
      if isField || pairs.isEmpty {
        pairs.append(String(word))
      } else {
        pairs[pairs.count - 1] += " " + word
      }
    }
    return pairs
  }
}
