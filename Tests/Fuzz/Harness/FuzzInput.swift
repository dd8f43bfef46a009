/// One input of a fuzzer: four bytes that choose settings, and the rest, which is tried.
///
/// Settings stand in the input so that a find can be run again as it is, and in front so that a
/// corpus file stays readable: `0000` chooses the plainest settings.
package struct FuzzInput {
  /// What is tried.
  package let body: [UInt8]
  private let settings: [UInt8]

  /// Takes libFuzzer's bytes apart.
  package init(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
    let all = Array(UnsafeBufferPointer(start: bytes, count: count))
    settings = Array(all.prefix(4))
    body = Array(all.dropFirst(4))
  }

  /// A setting from 0 to 255; the digit `0` is 0.
  package subscript(setting: Int) -> Int {
    setting < settings.count ? Int(settings[setting] &- UInt8(ascii: "0")) : 0
  }

  /// Whether a bit of a setting is set.
  package func has(_ bit: Int, of setting: Int) -> Bool { self[setting] & 1 << bit != 0 }

  /// A place in the body, from 0 to its length, chosen by a setting.
  package func place(_ setting: Int) -> Int { (body.count + 1) * self[setting] / 256 }
}

/// Ends the process unless a property holds; libFuzzer then keeps the input.
package func require(_ holds: Bool, _ message: @autoclosure () -> String) {
  if !holds { fatalError(message()) }
}
