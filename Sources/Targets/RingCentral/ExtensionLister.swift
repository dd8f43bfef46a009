import ImportModel
import JSON

/// Lists the account's extensions, page by page.
///
/// Pages may shift while they are read, when extensions come and go: one that was seen twice, or a
/// total that is not met, shows that, and then the list is read once more.
struct ExtensionLister<Time: Clock>: Sendable where Time.Duration == Duration {
  let client: PlatformClient<Time>
  /// How often a page is asked for again.
  let retries: RetryPolicy
  let progress: @Sendable (_ count: Int, _ total: Int?) -> Void

  /// One page, as far as it matters.
  private struct Page {
    var records: [AccountExtension]
    /// Where the next one is; `nil` at the end.
    var next: String?
    var total: Int?
  }

  /// What was found.
  private struct Listing {
    var extensions: [AccountExtension] = []
    /// Whether some may be missing.
    var isShifted = false
  }

  /// More pages than an account can have: RingCentral counts them to 1000.
  private static var maximumPageCount: Int { 10_000 }

  /// Lists what fits a filter, each extension once.
  ///
  /// - Parameter filter: pairs of a query; empty for all.
  /// - Returns: the extensions in the order of the list.
  /// - Throws: what came of the page that could not be had.
  func list(_ filter: String = "") async throws(CallFailure) -> [AccountExtension] {
    let first = try await read(filter)
    guard first.isShifted else { return first.extensions }
    let second = try await read(filter)
    guard second.isShifted else { return second.extensions }
    // An account that never rests: what either of them shows is there.
    var ids = Set(second.extensions.map(\.id))
    return second.extensions + first.extensions.filter { ids.insert($0.id).inserted }
  }

  private func read(_ filter: String) async throws(CallFailure) -> Listing {
    var listing = Listing()
    var ids: Set<UInt64> = []
    var total: Int?
    var url: String? = address(filter, page: 1)
    var number = 0
    while let present = url {
      number += 1
      let page = try await page(present, filter, number: number)
      let countBefore = listing.extensions.count
      listing.extensions += page.records.filter { ids.insert($0.id).inserted }
      if listing.extensions.count - countBefore < page.records.count { listing.isShifted = true }
      if let told = page.total {
        if let total, total != told { listing.isShifted = true }
        total = told
      }
      progress(listing.extensions.count, total)
      // A page without anything new leads nowhere, whatever it says.
      let isAtEnd = listing.extensions.count == countBefore || number >= Self.maximumPageCount
      url = isAtEnd ? nil : page.next
    }
    if let total, total != listing.extensions.count { listing.isShifted = true }
    return listing
  }

  private func address(_ filter: String, page: Int) -> String {
    let size = "perPage=\(client.settings.pageSize)"
    let pairs = [filter, page > 1 ? "page=\(page)" : "", size].filter { !$0.isEmpty }
    return "\(client.account)/extension?" + pairs.joined(separator: "&")
  }

  private func page(
    _ url: String,
    _ filter: String,
    number: Int
  ) async throws(CallFailure) -> Page {
    let answer = try await persistently(
      PlatformCall(
        usage: .list,
        url: url,
        maximumByteCount: RingCentralSettings.maximumPageByteCount
      )
    )
    guard let body = answer.object, let elements = body["records"]?.array else {
      let said = answer.said("\(answer.text) that is no list of extensions")
      throw CallFailure(attempt: .unexpected(said))
    }
    var records: [AccountExtension] = []
    records.reserveCapacity(elements.count)
    for element in elements {
      guard let record = AccountExtension(record: element) else {
        let said = answer.said("status 200 with an extension that has no id")
        throw CallFailure(attempt: .unexpected(said))
      }
      records.append(record)
    }
    let paging = body["paging"]
    var page = Page(records: records, total: paging?["totalElements"]?.integer)
    if let next = body["navigation"]?["nextPage"]?["uri"]?.string {
      try checkOrigin(next, answer)
      page.next = next
    } else if let count = paging?["totalPages"]?.integer {
      page.next = number < count ? address(filter, page: number + 1) : nil
    } else if elements.count >= paging?["perPage"]?.integer ?? client.settings.pageSize {
      // A full page that does not say whether it is the last one.
      page.next = address(filter, page: number + 1)
    }
    return page
  }

  /// Makes sure that the token goes to no other server.
  private func checkOrigin(_ url: String, _ answer: PlatformAnswer) throws(CallFailure) {
    let origin = BaseAddress.origin(ofURL: url)
    guard origin != client.settings.baseAddress.origin else { return }
    let place = origin ?? "an address that is not one of HTTP"
    throw CallFailure(
      attempt: .unexpected(answer.said("the list goes on at \(place)")),
      hint: "Put the address that the list names in \(RingCentralSettings.Variable.serverURL), "
        + "if it is RingCentral's"
    )
  }

  /// Asks until there is an answer, or no more sense in asking.
  private func persistently(_ call: PlatformCall) async throws(CallFailure) -> PlatformAnswer {
    var generator = SystemRandomNumberGenerator()
    var tries = 0
    while true {
      tries += 1
      let failure: CallFailure
      do throws(CallFailure) {
        let answer = try await client.send(call)
        if answer.status == 200 { return answer }
        failure = CallFailure(attempt: answer.failure)
      } catch {
        failure = error
      }
      // The limiter waits for what is busy.
      guard !Task.isCancelled,
        let wait = retries.wait(after: failure.attempt, triesMade: tries, using: &generator)
      else { throw failure }
      do { try await client.clock.sleep(for: wait) } catch { throw .stopped }
    }
  }
}
