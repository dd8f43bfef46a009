/// Why bytes are not a JSON text that is accepted.
package struct JSONError: Error, Hashable, Sendable {
  /// The place of the byte, from 0.
  package let offset: Int
  /// What is wrong there: a clause without a capital and full stop.
  package let problem: String
}
