import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Tells what it means when a request ends without an answer.
struct TransportFailure {
  /// The attempt was told to stop.
  struct Stopped: Error {}

  /// The service, for messages.
  let host: String
  let connectTimeout: Duration
  let timeout: Duration

  /// Tells what came of the attempt.
  ///
  /// - Parameters:
  ///   - error: what ended it.
  ///   - isSent: whether part of the request may have reached the other side.
  /// - Returns: an attempt without an answer.
  func attempt(_ error: any Error, isSent: Bool) -> Attempt {
    if error is Stopped || error is CancellationError {
      return .unanswered("stopped before an answer came")
    }
    if isSent {
      return .unanswered(
        isDeadline(error) ? "no answer in \(text(timeout))" : words(error)
      )
    }
    if isDeadline(error) { return .unreachable("no connection in \(text(timeout))") }
    if let problem = identityProblem(error) { return .insecure(problem) }
    return .unreachable(words(error))
  }

  /// Whether the time for the whole request was up; the pool calls that a cancellation of what waits
  /// in it, and nothing else cancels there.
  private func isDeadline(_ error: any Error) -> Bool {
    guard let error = error as? HTTPClientError else { return false }
    return error == .deadlineExceeded || error == .cancelled
  }

  /// Why the other side is not who it should be; `nil` for errors of another kind.
  private func identityProblem(_ error: any Error) -> String? {
    if let error = error as? NIOSSLExtraError {
      return error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch
        ? "its certificate is not for \(host)" : "the TLS handshake failed"
    }
    guard let error = error as? NIOSSLError else { return nil }
    switch error {
    case .unableToValidateCertificate, .noCertificateToValidate:
      return "its certificate cannot be checked"
    case .handshakeFailed(.sslError(let stack)):
      // The library gives its codes as text only, as in "error:1000007d:SSL
      // routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED".
      let details = stack.map(\.description).joined(separator: " ")
      if stack.contains(.eofDuringHandshake) { return nil }
      if details.contains("CERTIFICATE_VERIFY_FAILED") {
        return "its certificate has expired or is not from an authority that this machine trusts"
      }
      if details.contains("WRONG_VERSION_NUMBER") || details.contains("HTTP_REQUEST") {
        return "it does not speak TLS"
      }
      return "the TLS handshake failed"
    default:
      return nil
    }
  }

  /// The failure for people.
  private func words(_ error: any Error) -> String {
    switch error {
    case let error as HTTPClientError:
      switch error {
      case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
        return "no connection in \(text(connectTimeout))"
      case .alreadyShutdown:
        return "the connections to it are closed already"
      case .remoteConnectionClosed:
        return "the connection was closed"
      default:
        return "the connection failed"
      }
    case let error as NIOConnectionError:
      if let first = error.connectionErrors.first { return words(first.error) }
      return "the name \(host) is not known"
    case let error as IOError:
      return words(errno: error.errnoCode)
    case let error as ChannelError:
      if case .connectTimeout = error {
        return "no connection in \(text(connectTimeout))"
      }
      return "the connection was closed"
    case let error as HTTPParserError:
      switch error {
      case .invalidEOFState, .closedConnection: return "the answer was cut"
      case .headerOverflow: return "the head of the answer is too long"
      default: return "the answer is not HTTP"
      }
    case is NIOHTTPDecoderError:
      return "the answer is not HTTP"
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      return "the connection was closed"
    default:
      return "the connection failed"
    }
  }

  private func words(errno code: CInt) -> String {
    switch code {
    case ECONNREFUSED: "the connection was refused"
    case ECONNRESET, EPIPE, ENOTCONN, ECONNABORTED: "the connection was closed"
    case ETIMEDOUT: "the connection timed out"
    case EHOSTUNREACH: "there is no way to the host"
    case ENETUNREACH, ENETDOWN: "there is no way to the network"
    case EADDRNOTAVAIL: "no local address or port is free"
    case EMFILE, ENFILE: "too many files are open"
    default: "the connection failed: \(String(cString: strerror(code)))"
    }
  }

  private func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    return milliseconds == 0 ? "\(seconds) s" : "\(seconds * 1000 + milliseconds) ms"
  }
}
