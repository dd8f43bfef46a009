import ImportModel
import Readers
import Rows
import Testing

struct XMLOtherRecordsTests {
  struct Sample: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var told: [String]

    init(_ testDescription: String, _ text: String, _ told: [String]) {
      self.testDescription = testDescription
      self.text = text
      self.told = told
    }
  }

  private static let user = "<user><userId>\(XMLOpeningTests.id)</userId><ext>12</ext></user>"
  private static let leaver = "<leaver><userId>\(XMLOpeningTests.id)</userId></leaver>"
  private static let phone = "<extension id='7'><extensionNumber>12</extensionNumber></extension>"

  static let samples = [
    Sample("a list of its own", "<users>\(user)\(user)</users>", []),
    Sample(
      "an export of both",
      "<d><users>\(user)\(user)</users><extensions n='2'>\(phone)\(phone)</extensions></d>",
      ["d/extensions/extension 2"]
    ),
    Sample(
      "one extension before the users",
      "<d><extensions>\(phone)</extensions><users>\(user)\(user)</users></d>",
      ["d/extensions/extension 1"]
    ),
    Sample(
      "a part far behind",
      "<d><users>\(String(repeating: user, count: 20_000))</users><p>\(phone)\(phone)</p></d>",
      ["d/p/extension 2"]
    ),
    Sample(
      "users in several places",
      "<c><in>\(user)\(user)\(user)</in><out>\(user)</out><gone>\(leaver)\(leaver)</gone></c>",
      ["c/out/user 1", "c/gone/leaver 2"]
    ),
    Sample(
      "other things with ids",
      "<d made='now'><by><userId>\(XMLOpeningTests.id)</userId></by><unit id='1'><name>A</name></unit>"
        + "<unit id='2'><name>B</name></unit>\(user)\(user)<empty/>text</d>",
      []
    ),
  ]

  @Test(arguments: samples)
  func `other elements that look like records are told`(_ sample: Sample) throws {
    let input = try InputOpener.open(text: sample.text)
    #expect(try input.allRows().count >= 2)
    let remarks = input.reader.remarks
    #expect(remarks.allSatisfy { $0.code == .xmlUnknownElement && $0.severity == .warning })
    #expect(remarks.map { "\($0.text ?? "") \($0.number)" } == sample.told)
    var options = ReadingOptions()
    options.recordPath = input.recordPath
    let chosen = try InputOpener.open(text: sample.text, options)
    #expect(try chosen.allRows().count >= 2)
    #expect(chosen.reader.remarks == [])
  }
}
