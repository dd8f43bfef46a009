import JSON

/// A page of a list, and the way to the others.
struct ExtensionPage: Sendable {
  let listing: ExtensionListing
  /// All that the list has.
  let found: [PhoneExtension]
  let address: ExtensionAddress
  /// Whether it says how many there are, which RingCentral leaves out at times.
  let hasTotals: Bool

  private var pageCount: Int { (found.count + listing.pageSize - 1) / listing.pageSize }

  /// The body.
  var json: String {
    let (start, isPastEnd) = (listing.page - 1).multipliedReportingOverflow(by: listing.pageSize)
    let shown = isPastEnd || start >= found.count ? [] : found[start...].prefix(listing.pageSize)
    var writer = JSONWriter()
    writer.object { body in
      body.member("uri", uri(ofPage: listing.page))
      body.member("records") { records in
        records.array { list in
          let json = ExtensionJSON(address: address, isWhole: false)
          for record in shown { list.element { json.write(record, to: &$0) } }
        }
      }
      body.member("paging") { writePaging(shown.indices, to: &$0) }
      body.member("navigation") { writeNavigation(to: &$0) }
    }
    return writer.text
  }

  /// The indexes of the first and last element count from 0, and an empty page has none.
  private func writePaging(_ range: Range<Int>, to writer: inout JSONWriter) {
    writer.object {
      $0.member("page", listing.page)
      $0.member("perPage", listing.pageSize)
      if !range.isEmpty {
        $0.member("pageStart", range.lowerBound)
        $0.member("pageEnd", range.upperBound - 1)
      }
      if hasTotals {
        $0.member("totalPages", pageCount)
        $0.member("totalElements", found.count)
      }
    }
  }

  private func writeNavigation(to writer: inout JSONWriter) {
    writer.object {
      writeLink("firstPage", 1, to: &$0)
      if listing.page < pageCount { writeLink("nextPage", listing.page + 1, to: &$0) }
      if listing.page > 1, listing.page - 1 <= pageCount {
        writeLink("previousPage", listing.page - 1, to: &$0)
      }
      if hasTotals { writeLink("lastPage", max(pageCount, 1), to: &$0) }
    }
  }

  private func writeLink(_ name: String, _ page: Int, to object: inout JSONWriter) {
    object.member(name) { link in link.object { $0.member("uri", uri(ofPage: page)) } }
  }

  private func uri(ofPage page: Int) -> String { "\(address.list)?\(listing.query(ofPage: page))" }
}
