package import Testing

/// Runs tests that block their thread on `BlockingThreads`.
package struct BlockingTrait: SuiteTrait, TestTrait, TestScoping {
  /// Whether the tests of a suite have the trait of the suite.
  package var isRecursive: Bool { true }

  /// Runs one test case.
  @concurrent package func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(BlockingThreads.shared) { try await function() }
  }
}

extension Trait where Self == BlockingTrait {
  /// The test waits for processes, locks or other threads, and blocks its own thread meanwhile.
  package static var blocking: Self { Self() }
}
