import Bytes

/// What the status column of a users export means.
package enum StatusText {
  /// Whether a user's status, without outer spaces, says that the user is switched off.
  package static func meansDisabledUser(_ status: Span<UInt8>) -> Bool {
    // Nearly every status is empty or much longer than these words' shortest.
    guard !status.isEmpty && status.count <= 9 else { return false }
    return status.equalsIgnoringCase("disabled") || status.equalsIgnoringCase("suspended")
      || status.equalsIgnoringCase("inactive") || status.equalsIgnoringCase("frozen")
      || status.equalsIgnoringCase("blocked") || status.equalsIgnoringCase("false")
      || status.equalsIgnoringCase("0")
  }
}
