import Targets
import Testing

struct RetryAfterTests {
  /// Sun, 06 Nov 1994 08:49:37 GMT.
  let moment: Int64 = 784_111_777

  @Test(arguments: [
    ("0", 0), ("120", 120), (" 7 ", 7), ("86400", 86400), ("86401", 86400), ("-5", 0),
    ("99999999999999999999999999", 86400), ("007", 7),
  ])
  func `a number is seconds, at most a day`(text: String, seconds: Int) {
    #expect(RetryAfter.wait(text, now: moment) == .seconds(seconds))
  }

  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func `a moment in each of its forms is the time until then`(text: String) {
    #expect(RetryAfter.wait(text, now: moment) == .zero)
    #expect(RetryAfter.wait(text, now: moment - 90) == .seconds(90))
    #expect(RetryAfter.wait(text, now: moment + 90) == .zero)
    #expect(RetryAfter.wait(text, now: 0) == .seconds(86400))
  }

  @Test(arguments: [
    ("Thu, 01 Jan 1970 00:00:10 GMT", Int64(0)), ("Wed, 31 Dec 1969 23:59:60 GMT", -10),
    ("Tue, 29 Feb 2000 00:00:10 GMT", 951_782_400),
    ("Thu, 01 Mar 1900 00:00:10 GMT", -2_203_891_200),
    ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_789),
    ("Mon, 01 Jan 2035 00:00:10 GMT", 2_051_222_400),
    // The century of two digits: 50 years ahead at most.
    ("Tuesday, 01-Jan-76 00:00:10 GMT", 189_302_400),
    ("Wednesday, 01-Jan-76 00:00:10 GMT", 3_345_062_400),
  ])
  func `moments are counted by the calendar`(text: String, now: Int64) {
    // The last two: the same text is of 1976 or 2076, whichever the present allows.
    #expect(RetryAfter.wait(text, now: now) == .seconds(10))
  }

  @Test(arguments: [
    "", " ", "soon", "1.5", "1e3", "+5", "-", "5s", "0x10", "1,2", "５", "Sun, 06 Nov 1994",
    "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 08:49:37 +0100",
    "Sun, 6 Nov 1994 08:49:37 GMT", "Son, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 nov 1994 08:49:37 GMT",
    "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
    "Sun, 06 Nov 1994 8:49:37 GMT",
    "Tue, 29 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
    "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z",
  ])
  func `anything else says nothing`(text: String) {
    #expect(RetryAfter.wait(text, now: moment) == nil)
  }
}
