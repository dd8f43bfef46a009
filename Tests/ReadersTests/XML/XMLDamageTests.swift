import Bytes
import ImportModel
import Readers
import Rows
import Support
import Testing

@Suite struct XMLDamageTests {
  /// The damage of each row: code, number, limit.
  private func damage(
    _ text: String,
    maximumFieldByteCount: Int = 40,
    maximumRowByteCount: Int = 200
  ) -> [String] {
    let contract = XMLReading.contract(
      maximumFieldByteCount: maximumFieldByteCount,
      maximumRowByteCount: maximumRowByteCount
    )
    let bytes = Array(text.utf8)
    #expect(contract.violations(of: bytes) == [])
    return contract.result(of: bytes).rows.map { row in
      row.damage.map { "\($0) \(row.damageNumber) \(row.damageLimit)" } ?? "none"
    }
  }

  @Test func `a field that is there twice damages its row alone`() {
    let text = """
      <u><user><n>1</n></user><user><n>1</n><m/><n>2</n><n>3</n></user>\
      <user a:x='1' b:x='2'/><user><n>4</n></user></u>
      """
    #expect(damage(text) == ["none", "xmlFieldRepeated 3 0", "xmlFieldRepeated 2 2", "none"])
    #expect(XMLReading.lines(of: text)[1] == "n=1|m=")
  }

  @Test func `a repeated field is damage even when its texts are equal`() {
    #expect(damage("<u><user><n>1</n><n>1</n></user></u>") == ["xmlFieldRepeated 2 0"])
    let nested = "<u><user><c><n>1</n></c><c><n>1</n></c></user></u>"
    #expect(damage(nested) == ["xmlFieldRepeated 2 0"])
  }

  @Test func `elements where text is expected damage their row`() {
    let text = """
      <u><user><n>1</n></user><user><n><k>2</k></n></user><user><n>3<k>4</k></n></user>\
      <user><n><k/></n><n>5</n></user></u>
      """
    #expect(
      damage(text) == ["none", "xmlFieldNested 1 0", "none", "xmlFieldRepeated 2 0"]
    )
  }

  @Test func `elements before the first text of their path are no damage`() {
    let text = "<u><user><n><k>1</k></n></user><user><n>2</n></user><user><n><k/></n></user></u>"
    #expect(damage(text) == ["none", "none", "xmlFieldNested 1 1"])
  }

  @Test func `a column that matters is named first`() throws {
    let text = """
      <u><user><g>1</g><n>1</n></user><user><g>1</g><g>2</g><n>1</n><n>2</n></user>\
      <user><g>1</g><g>2</g><n><k/></n></user><user><g>1</g><g>2</g><n>1</n></user></u>
      """
    #expect(
      damage(text) == [
        "none", "xmlFieldRepeated 2 0", "xmlFieldRepeated 2 0", "xmlFieldRepeated 2 0",
      ]
    )
    let reader = XMLReading.reader(of: text)
    reader.watchedPaths = ["n"]
    var batch = RowBatch()
    #expect(try reader.read(into: &batch))
    let heads = (0..<batch.count).map { batch.rows[$0] }
    #expect(
      heads.map(\.damage) == [nil, .xmlFieldRepeated, .xmlFieldNested, .xmlFieldRepeated]
    )
    #expect(heads.map(\.damageLimit) == [0, 1, 1, 0])
  }

  @Test func `a text over the limit is cut between characters and damages its row alone`() {
    let fits = String(repeating: "x", count: 40)
    let long = String(repeating: "é", count: 19) + "x€" + "more"
    for text in [
      "<u><user><n>\(fits)</n></user><user><n>\(long)</n></user><user><n>1</n></user></u>",
      "<u><user n='\(fits)'/><user n='\(long)'/><user n='1'/></u>",
      "<u><user>\(fits)</user><user><![CDATA[\(long)]]></user><user>1</user></u>",
    ] {
      #expect(damage(text) == ["none", "xmlTextTooLong 46 40", "none"])
      let contract = XMLReading.contract(maximumFieldByteCount: 40)
      let rows = contract.result(of: Array(text.utf8)).rows
      #expect(rows[1].texts == [String(repeating: "é", count: 19) + "x"])
      #expect(rows[2].texts == ["1"])
    }
  }

  @Test func `white space between elements may be longer than a field`() {
    let space = String(repeating: " ", count: 50)
    #expect(damage("<u><user>\(space)<n>1</n>\(space)</user></u>") == ["none"])
  }

  @Test func `a record over the limit loses its fields and damages itself alone`() {
    let many = (0..<30).map { "<f\($0)>12345</f\($0)>" }.joined()
    let text = "<u><user><f1>1</f1></user><user>\(many)</user><user><f2>2</f2></user></u>"
    let rowByteCount = many.utf8.count + 13
    #expect(damage(text) == ["none", "rowTooLong \(rowByteCount) 200", "none"])
    let rows = XMLReading.contract(maximumRowByteCount: 200).result(of: Array(text.utf8)).rows
    #expect(rows.map(\.fields.count) == [1, 0, 3])
  }

  @Test func `a record without end takes little memory`() throws {
    let piece = "<n>" + String(repeating: "x", count: 1000) + "</n><m/>"
    var text = "<u><user>"
    for _ in 0..<3000 { text += piece }
    text += "</user><user><n>1</n></user></u>"
    let contract = XMLReading.contract(maximumFieldByteCount: 1 << 30, maximumRowByteCount: 50_000)
    let rows = contract.result(of: Array(text.utf8)).rows
    #expect(rows.map(\.damage) == [.rowTooLong, nil])
    #expect(rows[1].texts == ["1"])
  }
}
