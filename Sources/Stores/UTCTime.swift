import Bytes
import Glibc

/// A moment in whole seconds, written as in `2025-01-31T23:59:59Z` (ISO 8601, RFC 3339).
package struct UTCTime: Hashable, Comparable, Sendable {
  /// Seconds since 1970 began, leap seconds not counted.
  package let secondsSince1970: Int64

  /// Makes the moment.
  package init(secondsSince1970: Int64) { self.secondsSince1970 = secondsSince1970 }

  /// The moment by the clock of the machine.
  package static var now: UTCTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UTCTime(secondsSince1970: Int64(time.tv_sec))
  }

  /// Reads a moment as `description` writes it; `nil` for any other text.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let template = Array("0000-00-00T00:00:00Z".utf8)
    guard bytes.count == template.count else { return nil }
    var numbers: [Int64] = [0]
    for (byte, expected) in zip(bytes, template) {
      if expected == UInt8(ascii: "0") {
        guard byte >= 0x30 && byte <= 0x39 else { return nil }
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int64(byte - 0x30)
      } else {
        guard byte == expected else { return nil }
        numbers.append(0)
      }
    }
    let days = Self.days(year: numbers[0], month: numbers[1], day: numbers[2])
    secondsSince1970 = days * 86400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    // Months, days and hours that do not exist come out as others.
    guard description == text else { return nil }
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }

  // Both ways count days in years that begin in March, so that the leap day is the last one, and in
  // eras of 400 years (howardhinnant.github.io/date_algorithms.html).

  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
  }

  private var date: (year: Int64, month: Int64, day: Int64) {
    let shifted = (secondsSince1970 - secondOfDay) / 86400 + 719468
    let era = (shifted >= 0 ? shifted : shifted - 146096) / 146097
    let dayOfEra = shifted - era * 146097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private var secondOfDay: Int64 {
    let rest = secondsSince1970 % 86400
    return rest < 0 ? rest + 86400 : rest
  }
}

extension UTCTime: CustomStringConvertible {
  package var description: String {
    let (year, month, day) = date
    let seconds = secondOfDay
    var buffer = ByteBuffer(minimumCapacity: 20)
    buffer.append(decimal: UInt64(max(year, 0)), width: 4)
    buffer.append("-")
    buffer.append(decimal: UInt64(month), width: 2)
    buffer.append("-")
    buffer.append(decimal: UInt64(day), width: 2)
    buffer.append("T")
    buffer.append(decimal: UInt64(seconds / 3600), width: 2)
    buffer.append(":")
    buffer.append(decimal: UInt64(seconds / 60 % 60), width: 2)
    buffer.append(":")
    buffer.append(decimal: UInt64(seconds % 60), width: 2)
    buffer.append("Z")
    return String(utf8: buffer.span)
  }
}
