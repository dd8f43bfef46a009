import Bytes
import Testing

struct BufferTests {
  private func text(_ build: (inout ByteBuffer) -> Void) -> String {
    var buffer = ByteBuffer(minimumCapacity: 1)
    build(&buffer)
    return String(utf8: buffer.span)
  }

  @Test(arguments: [
    (UInt64(0), "0"), (9, "9"), (10, "10"), (99, "99"), (100, "100"), (1_234_567, "1234567"),
    (9_999_999_999_999_999_999, "9999999999999999999"),
    (10_000_000_000_000_000_000, "10000000000000000000"), (.max, "18446744073709551615"),
  ])
  func `numbers are written in decimal`(value: UInt64, expected: String) {
    #expect(text { $0.append(decimal: value) } == expected)
  }

  @Test func `a width adds leading zeros`() {
    #expect(text { $0.append(decimal: 7, width: 4) } == "0007")
  }

  @Test(arguments: 1...20)
  func `of a number, the last digits are written`(width: Int) {
    let values: [UInt64] = [
      0, 7, 12_345_678, 99_999_999, 100_000_000, 9_876_543_210, .max / 3, .max,
    ]
    for value in values {
      let digits = String(repeating: "0", count: 20) + String(value)
      let written = text {
        $0.append("before")
        $0.append(decimal: value, width: width)
        $0.append("behind")
      }
      #expect(written == "before\(digits.suffix(width))behind")
    }
  }

  @Test func `numbers are written in hexadecimal`() {
    #expect(text { $0.append(hex: 0xAB01, digitCount: 6) } == "00ab01")
  }

  @Test func `appending grows the buffer as often as needed`() {
    let long = String(repeating: "häß", count: 5000)
    #expect(text { for _ in 0..<3 { $0.append(text: long) } } == long + long + long)
  }

  @Test func `a prefix can be removed and a range moved down`() {
    let moved = text {
      $0.append("abc\"\"def")
      $0.moveDown(5..<8, to: 4)
      $0.removeSuffix(from: 7)
      $0.removePrefix(1)
    }
    #expect(moved == "bc\"def")
  }

  @Test func `part of a buffer is added to it once more, also where it must grow`() {
    let long = String(repeating: "häß", count: 5000)
    let doubled = text {
      $0.append(text: long)
      $0.append(copyOf: 0..<$0.count)
      $0.append(copyOf: 1..<3)
    }
    #expect(doubled == long + long + "ä")
  }

  @Test func `a packed array keeps what is appended`() {
    var array = PackedArray<UInt32>()
    for value in 0..<100_000 { array.append(UInt32(value)) }
    array.append(7, repetitions: 3)
    #expect(array.count == 100_003 && array[99_999] == 99_999 && array.last == 7)
    array.removeSuffix(from: 2)
    #expect(array.span.count == 2 && array[1] == 1)
  }

  @Test func `a packed array is sorted in place`() {
    var array = PackedArray<UInt8>()
    for value: UInt8 in [3, 1, 2] { array.append(value) }
    array.sort { $0 < $1 }
    #expect([array[0], array[1], array[2]] == [1, 2, 3])
  }
}
