import ImportModel
import Testing

struct ExtensionNumberTests {
  @Test(arguments: [
    ("00", UInt64(1)), ("99", 100), ("000", 101), ("999", 1100), ("9999999999", 11_111_111_100),
  ])
  func `places count all extensions by length`(text: String, place: UInt64) {
    #expect(ExtensionNumber(text)?.place == place)
    #expect(ExtensionNumber(place: place)?.description == text)
  }

  @Test(arguments: ["", "1", "12345678901", "12a", "１２", " 12", "12 ", "+12", "-1", "1.0"])
  func `anything but 2 to 10 digits is no extension`(text: String) {
    #expect(ExtensionNumber(text) == nil)
  }

  @Test func `leading zeros make another extension`() {
    #expect(ExtensionNumber("0123") != ExtensionNumber("123"))
    #expect(ExtensionNumber("0123")?.withDigitCount(3) == ExtensionNumber("123"))
    #expect(ExtensionNumber("123")?.withDigitCount(2) == nil)
    #expect(ExtensionNumber("123")?.withDigitCount(11) == nil)
    #expect(ExtensionNumber("0123")?.hasLeadingZero == true)
    #expect(ExtensionNumber("123")?.hasLeadingZero == false)
  }

  @Test func `shapes are those of each extension, whatever the one before was`() {
    var shapes = NumberShapes()
    for text in [
      "00", "09", "10", "99", "000", "099", "100", "12345", "0999999999", "1000000000",
      "9999999999", "01", "9999", "0999", "00000000", "09999999", "10000000",
    ] {
      guard let number = ExtensionNumber(text) else {
        Issue.record("\(text) is no extension")
        continue
      }
      let shape = shapes.shape(of: number)
      #expect(shape.digitCount == text.count && shape.hasLeadingZero == text.hasPrefix("0"))
    }
  }

  @Test func `text and place go both ways at every length's edges`() {
    for digitCount in 2...10 {
      for digit in ["0", "1", "9"] {
        let text = String(repeating: digit, count: digitCount)
        let number = ExtensionNumber(text)
        #expect(number?.description == text && number?.digitCount == digitCount)
        #expect(number?.hasLeadingZero == (digit == "0"))
      }
      let last = "0" + String(repeating: "9", count: digitCount - 1)
      let first = "1" + String(repeating: "0", count: digitCount - 1)
      #expect(ExtensionNumber(last)?.hasLeadingZero == true)
      #expect(ExtensionNumber(first)?.hasLeadingZero == false)
    }
    #expect(ExtensionNumber(place: 0) == nil && ExtensionNumber(place: 11_111_111_101) == nil)
  }
}
