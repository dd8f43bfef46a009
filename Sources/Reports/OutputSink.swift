package import Bytes
package import ImportModel

/// Takes an output that goes neither to a file nor to a stream of the system.
///
/// It is called from one thread at a time, and may wait there until it can take more.
package protocol OutputSink: AnyObject {
  /// Takes all bytes and removes them from the buffer.
  ///
  /// - Throws: `readerGone` when nobody reads the output any more, else `outputNotWritten`.
  func write(_ bytes: inout ByteBuffer) throws(ImportError)

  /// Ends an output that is complete.
  func finish() throws(ImportError)

  /// Ends an output that is not complete.
  func abandon()
}
