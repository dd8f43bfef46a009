/// Somebody who does one piece of work at a time beside the thread that asks for it.
///
/// What the work touches is the asker's again once `wait` returned.
package protocol Companion: AnyObject {
  /// Begins a piece of work, after the one before.
  func begin(_ work: @escaping @Sendable () -> Void)

  /// Waits until nothing is left to do.
  func wait()
}
