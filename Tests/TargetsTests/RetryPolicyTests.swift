import Targets
import Testing

struct RetryPolicyTests {
  /// Gives always the same bits: all ones for the longest wait, none for the shortest.
  struct Bits: RandomNumberGenerator {
    var bits: UInt64

    mutating func next() -> UInt64 { bits }
  }

  static let someAnswer = TargetAnswer(status: 500, message: "")

  @Test(arguments: [
    (Attempt.accepted(someAnswer), false), (.refused(someAnswer), false),
    (.unexpected(someAnswer), false), (.busy(someAnswer, wait: nil), true),
    (.faulty(someAnswer), true), (.unanswered(""), true), (.unreachable(""), true),
    (.unauthorized(someAnswer), false), (.insecure(""), false),
  ])
  func `what another attempt may mend is tried again`(attempt: Attempt, isTriedAgain: Bool) {
    var generator = Bits(bits: 0)
    let policy = RetryPolicy(retryCount: 3)
    #expect(policy.isTriedAgain(attempt) == isTriedAgain)
    #expect((policy.wait(after: attempt, triesMade: 1, using: &generator) != nil) == isTriedAgain)
  }

  @Test(arguments: [0, 1, 4])
  func `there are as many further tries as asked for`(count: Int) {
    let policy = RetryPolicy(retryCount: count)
    var generator = Bits(bits: 0)
    var tries = 1
    while policy.wait(after: .faulty(Self.someAnswer), triesMade: tries, using: &generator) != nil {
      tries += 1
    }
    #expect(tries == count + 1)
  }

  @Test func `the bound of the waits doubles up to the longest`() {
    let policy = RetryPolicy(retryCount: Int.max)
    var longest = Bits(bits: .max)
    var shortest = Bits(bits: 0)
    let bounds = [0.5, 1, 2, 4, 8, 16, 30, 30]
    for (place, bound) in bounds.enumerated() {
      let long = policy.wait(after: .unreachable(""), triesMade: place + 1, using: &longest)
      #expect(long.map { $0 > .seconds(bound * 0.99) && $0 <= .seconds(bound) } == true)
      #expect(policy.wait(after: .unreachable(""), triesMade: place + 1, using: &shortest) == .zero)
    }
    let late = policy.wait(after: .unreachable(""), triesMade: Int.max, using: &longest)
    #expect(late.map { $0 <= .seconds(30) } == true)
  }

  @Test func `a busy target is waited for by all rows together`() {
    var generator = Bits(bits: .max)
    let busy = Attempt.busy(Self.someAnswer, wait: .seconds(5))
    #expect(RetryPolicy(retryCount: 1).wait(after: busy, triesMade: 1, using: &generator) == .zero)
  }

  @Test(arguments: [
    ("1/s", Duration.seconds(1)), ("40/min", .milliseconds(1500)), ("7200/h", .milliseconds(500)),
    ("1000000/s", .microseconds(1)),
  ])
  func `a rate is read and written`(text: String, interval: Duration) {
    #expect(Rate(text)?.interval == interval)
    #expect(Rate(text)?.description == text)
  }

  @Test(arguments: [
    "", "5", "/s", "0/s", "-1/s", "+1/s", "1.5/s", "5/", "5/m", "5/S", "5 /s", "5/s ", "1000001/s",
    "99999999999999999999/s", "5/s/s", "５/s",
  ])
  func `anything else is no rate`(text: String) {
    #expect(Rate(text) == nil)
  }
}
