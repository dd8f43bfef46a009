import Harness
import HTTPTypes
import NIOCore

/// A connection of the server: whatever a client sends, it is answered with statuses of the contract
/// and well-formed bodies, as often as requests came and once more at most; how the bytes come
/// makes no difference.
///
/// Settings: bits for early answers, small limits, time that passes, and that sending ends; bytes in
/// a piece.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(bytes, count)
  let answersEarly = input.has(0, of: 0)
  let limits = limits(of: input)
  let timePasses = input.has(2, of: 0)
  do {
    let whole = try converse(input.body, limits, answersEarly, pieceByteCount: .max, timePasses)
    let pieces = try converse(input.body, limits, answersEarly, pieceByteCount: 1 + input[1], false)
    if !answersEarly && !timePasses {
      let same = whole.statuses == pieces.statuses && whole.heads == pieces.heads
      require(same, "\(pieces.statuses) in pieces, \(whole.statuses) as a whole")
    }
  } catch {
    fatalError("\(error)")
  }
  return 0
}

/// Sends bytes on a connection of their own and checks what comes back.
private func converse(
  _ bytes: [UInt8],
  _ limits: ServerLimits,
  _ answersEarly: Bool,
  pieceByteCount: Int,
  _ timePasses: Bool
) throws -> (statuses: [Int], heads: [HTTPRequest]) {
  var connection = try Connection(limits, answersEarly: answersEarly)
  var rest = bytes[...]
  while !rest.isEmpty && connection.isOpen {
    try connection.send(rest.prefix(pieceByteCount))
    rest = rest.dropFirst(pieceByteCount)
  }
  if timePasses { try connection.letTimePass() }
  try connection.finish()
  let bodiless = connection.heads.indices.filter { connection.heads[$0].method == .head }
  let answers = Answers(connection.sent, bodiless: Set(bodiless))
  require(answers.statuses.count <= connection.heads.count + 1, "\(answers.statuses)")
  // A head that is too large and broken is one or the other, by what is seen of it at a time.
  return (answers.statuses.map { $0 == 431 ? 400 : $0 }, connection.heads)
}

private func limits(of input: FuzzInput) -> ServerLimits {
  var limits = ServerLimits()
  if input.has(1, of: 0) {
    limits.maximumHeadByteCount = 128
    limits.maximumFieldCount = 4
    limits.maximumBodyByteCount = 64
    limits.maximumUploadByteCount = 128
  }
  // The clock is the real one: what is waited for is over at once when time passes.
  limits.headTimeout = .zero
  limits.bodyTimeout = .zero
  limits.idleTimeout = .zero
  limits.lingerTimeout = .zero
  return limits
}
