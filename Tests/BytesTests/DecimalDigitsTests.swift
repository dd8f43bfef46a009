import Bytes
import Testing

struct DecimalDigitsTests {
  @Test func `powers of ten grow tenfold`() {
    var power: UInt64 = 1
    for exponent in 0...19 {
      #expect(DecimalDigits.powerOfTen(exponent) == power)
      if exponent < 19 { power *= 10 }
    }
  }

  @Test func `digits are read alike together and one by one`() {
    for count in 0...12 {
      let digits = (0..<count).map { UInt8(0x30 + ($0 * 7 + count) % 10) }
      let expected: UInt64? =
        count > 0 && count <= 10 ? UInt64(String(decoding: digits, as: UTF8.self)) : nil
      #expect(DecimalDigits.value(of: digits.span) == expected)
      #expect(DecimalDigits.plainValue(of: digits.span) == expected)
      for place in digits.indices {
        for byte in UInt8.min...UInt8.max {
          var text = digits
          text[place] = byte
          let (fast, plain) = (
            DecimalDigits.value(of: text.span), DecimalDigits.plainValue(of: text.span)
          )
          #expect(fast == plain)
        }
      }
    }
  }

  @Test func `digits are counted as they are written, at every power's edges`() {
    var numbers: [UInt64] = [0, .max, .max - 1]
    for exponent in 0...19 {
      let power = DecimalDigits.powerOfTen(exponent)
      numbers += [power - 1, power, power + 1]
    }
    for bit in 0..<64 { numbers += [1 << UInt64(bit), (1 << UInt64(bit)) - 1] }
    for number in numbers {
      #expect(DecimalDigits.count(of: number) == "\(number)".utf8.count, "\(number)")
    }
  }
}
