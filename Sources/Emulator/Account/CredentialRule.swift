/// What passwords and PINs may be.
enum CredentialRule {
  private static let special = Set("!@#$%^&*.".utf8)

  /// What is wrong with a password, or `nil`.
  static func problem(ofPassword text: String) -> String? {
    let bytes = Array(text.utf8)
    guard 8...32 ~= bytes.count else { return "Password must have 8 to 32 characters" }
    let digits = bytes.count(where: isDigit)
    let letters = bytes.count { isLetter($0) }
    guard bytes.allSatisfy({ isDigit($0) || isLetter($0) || special.contains($0) }) else {
      return "Password contains a character that is not allowed"
    }
    if digits == 0 { return "Password must contain at least one number" }
    if letters == 0 { return "Password must contain at least one letter" }
    let upper = bytes.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
    guard upper || bytes.contains(where: special.contains) else {
      return "Password must contain an upper-case letter or a special character"
    }
    return hasRun(bytes) ? "Password contains repeating or sequential characters" : nil
  }

  /// Whether a text is a PIN: 6 to 10 digits, no three of them alike or in sequence.
  static func allowsPIN(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return 6...10 ~= bytes.count && bytes.allSatisfy(isDigit) && !hasRun(bytes)
  }

  /// Whether three letters or three digits in a row are alike, or go up or down by one.
  private static func hasRun(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 3 else { return false }
    return (0..<bytes.count - 2).contains { place in
      let three = bytes[place..<place + 3].map { isLetter($0) ? $0 | 0x20 : $0 }
      guard three.allSatisfy(isDigit) || three.allSatisfy(isLetter) else { return false }
      let steps = (Int(three[1]) - Int(three[0]), Int(three[2]) - Int(three[1]))
      return steps.0 == steps.1 && -1...1 ~= steps.0
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }
}
