import Foundation

/// Whether tests run at full length; the usual run takes a part of them.
///
/// `RCIMPORT_FULL_TESTS=1` asks for it.
let runsFullTests = ProcessInfo.processInfo.environment["RCIMPORT_FULL_TESTS"] != nil
