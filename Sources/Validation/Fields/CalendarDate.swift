/// A day of the Gregorian calendar in UTC.
struct CalendarDate: CustomStringConvertible {
  var year: Int
  var month: Int
  var day: Int

  /// The day on which a second falls.
  ///
  /// The days since 1970 are counted in eras of 400 years that begin in March
  /// (howardhinnant.github.io/date_algorithms.html, `civil_from_days`).
  init(secondsSince1970 seconds: UInt32) {
    let days = Int(seconds / 86400) + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `2026-01-31`.
  var description: String { "\(year)-\(twoDigits(month))-\(twoDigits(day))" }

  private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
