import Support
import Testing

@Suite(.blocking) struct RoundTripTests {
  private static let people = """
    userId,rcExtension,firstName,lastName,name,email,department,jobTitle,status,site
    \(id(1)),0123,Zoë,O'Brien,"O'Brien, Zoë",zoe@example.org,R&D,"Chief ""X"" Officer",active,Köln
    \(id(2)),123,+Ann,-5,@handle,b@example.org,<b>bold</b>,"two
    lines",active,Paris
    \(id(3)),,Ann,Other,,,,,,
    \(id(4)),9999999999,日本,語,🙂,c@example.org,,,,

    """
  private static let extensions = """
    extensionId,extensionNumber,name,type,status,email,site
    400129284008,1001,"Hall, main",User,Enabled,hall@example.org,Main Site
    400129284009,1002,Sales,Department,Enabled,,Köln
    400129284010,0103,Zoë & Co,User,NotActivated,,

    """

  @Test(arguments: ["csv", "xml"])
  func `users come out as they went in`(_ format: String) throws {
    let place = try Workspace()
    try place.write(Self.people, to: "people.csv")
    let first = try place.run("apply", "people.csv", "--on-blank", "skip")
    #expect(first.code == 0, "\(first.out)\(first.err)")
    let export = try place.run("export", "users", "--format", format, "--output", "out.\(format)")
    #expect(export.code == 0)
    #expect(export.out.isEmpty)
    let again = try place.run(
      "apply",
      "out.\(format)",
      "--store",
      "second.sqlite",
      "--on-blank",
      "skip"
    )
    #expect(again.code == 0, "\(again.out)\(again.err)")
    #expect(try place.exported(store: "second.sqlite") == place.exported())
    let unchanged = try place.run("apply", "out.\(format)", "--on-blank", "skip")
    #expect(try unchanged.report.map(\.outcome) == Array(repeating: "unchanged", count: 4))
    for name in ["Zoë", "+Ann", "0123", "9999999999", "🙂"] {
      #expect(try place.exported().contains(name))
    }
  }

  @Test(arguments: ["csv", "xml"])
  func `extensions come out as they went in`(_ format: String) throws {
    let place = try Workspace()
    try place.write(Self.extensions, to: "extensions.csv")
    #expect(try place.run("apply", "extensions.csv").code == 0)
    let export = try place.run("export", "extensions", "--format", format)
    let again = try place.run(
      "apply",
      "-",
      "--store",
      "second.sqlite",
      input: .bytes(Array(export.output))
    )
    #expect(again.code == 0, "\(again.out)\(again.err)")
    #expect(
      try place.exported("extensions", store: "second.sqlite") == place.exported("extensions")
    )
    #expect(try place.exported("extensions").contains("\"Hall, main\""))
  }

  @Test(arguments: ["users", "extensions"], ["csv", "xml"])
  func `a template is an empty input`(_ kind: String, _ format: String) throws {
    let place = try Workspace()
    let file = "template.\(format)"
    let made = try place.run("template", kind, "--format", format, "--output", file)
    #expect(made.code == 0)
    #expect(try place.text(of: file) == place.run("template", kind, "--format", format).out)
    let result = try place.run("validate", file, "--allow-empty")
    #expect(result.code == 0, "\(result.err)")
    #expect(result.out.isEmpty)
  }

  @Test func `a template that is filled in can be applied`() throws {
    let place = try Workspace()
    let head = try place.run("template", "users").out
    let names = head.split(separator: "\n").last?.split(separator: ",") ?? []
    let values = names.map { name in
      switch name {
      case "userId": id(1)
      case "rcExtension": "1001"
      case "email": "a@example.org"
      default: "Ada"
      }
    }
    let result = try place.run(
      "apply",
      "-",
      input: .text(head + values.joined(separator: ",") + "\n")
    )
    #expect(result.code == 0)
    #expect(try place.assignments() == [id(1): "1001"])
  }

  @Test func `the XML template that is filled in can be applied`() throws {
    let place = try Workspace()
    let text = try place.run("template", "users", "--format", "xml").out
      .replacing("<!-- One element for each row:", with: "").replacing("-->", with: "")
      .replacing("<userId></userId>", with: "<userId>\(id(1))</userId>")
      .replacing("<rcExtension></rcExtension>", with: "<rcExtension>1001</rcExtension>")
    let result = try place.run("apply", "-", input: .text(text))
    #expect(result.code == 0, "\(result.err)")
    #expect(try place.assignments() == [id(1): "1001"])
  }
}
