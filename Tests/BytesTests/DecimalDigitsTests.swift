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
