package import ImportModel
package import Targets

/// Looks at an account for its own sake.
package enum AccountReading {
  private static let tick = Duration.milliseconds(100)

  /// All extensions of an account by id; the account is closed afterwards.
  ///
  /// - Parameters:
  ///   - account: whose extensions are asked for.
  ///   - isInterrupted: asked now and then on the calling thread, which must not run tasks.
  /// - Returns: the extensions.
  /// - Throws: what `ExtensionAccount.look` throws.
  package static func extensions(
    of account: any ExtensionAccount,
    isInterrupted: () -> Bool
  ) throws(ImportError) -> [AccountExtension] {
    let result: Result<AccountLook, ImportError> = Waiting.wait(every: tick) {
      let result: Result<AccountLook, ImportError>
      do throws(ImportError) {
        result = .success(try await account.look { _, _ in })
      } catch {
        result = .failure(error)
      }
      await account.close()
      return result
    } isCancelled: {
      isInterrupted()
    }
    return try result.get().extensions.sorted { $0.id < $1.id }
  }
}
