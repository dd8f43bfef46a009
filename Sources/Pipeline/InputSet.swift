import ImportModel
import Readers
import Rows

/// The opened inputs of a run, in the order given.
struct InputSet {
  let inputs: [OpenInput]
  /// What was noticed about each input as a whole; complete once it was read.
  private(set) var remarks: [[Finding]]
  /// The SHA-256 of each input in lower-case hexadecimal, once it was read and if it was asked for.
  private(set) var digests: [String?]
  private let wantsDigests: Bool

  /// Opens every input of a request.
  ///
  /// - Throws: for the first one that cannot be used, and for one named twice.
  static func open(
    _ request: ImportRequest,
    wantsDigests: Bool
  ) throws(ImportError) -> InputSet {
    var inputs: [OpenInput] = []
    var unusedMap = request.reading.map
    var mapError: ImportError?
    for named in request.inputs {
      var options = request.reading
      options.kind = named.kind ?? options.kind
      let input = try open(
        named,
        &options,
        sharesMap: request.inputs.count > 1,
        wantsDigest: wantsDigests,
        mapError: &mapError
      )
      for field in options.map.keys { unusedMap[field] = nil }
      if let other = inputs.first(where: { $0.source.identity == input.source.identity }) {
        throw ImportError(
          refusing: input.name,
          because: Finding(.fileNamedTwice, .refusal, text: other.name)
        )
      }
      inputs.append(input)
    }
    if let mapError, !unusedMap.isEmpty { throw mapError }
    return InputSet(inputs: inputs, wantsDigests: wantsDigests)
  }

  /// Opens an input, leaving out of a map that several inputs share what only others have.
  private static func open(
    _ input: ImportRequest.Input,
    _ options: inout ReadingOptions,
    sharesMap: Bool,
    wantsDigest: Bool,
    mapError: inout ImportError?
  ) throws(ImportError) -> OpenInput {
    let source =
      if let file = input.descriptor {
        try InputSource(file, name: input.path, options: options, wantsDigest: wantsDigest)
      } else {
        try InputSource(path: input.path, options: options, wantsDigest: wantsDigest)
      }
    while true {
      do {
        return try InputOpener.open(source, options: options)
      } catch {
        guard sharesMap, error.finding?.code == .mapInvalid, let field = error.finding?.field,
          options.map.removeValue(forKey: field) != nil
        else { throw error }
        mapError = mapError ?? error
      }
    }
  }

  private init(inputs: [OpenInput], wantsDigests: Bool) {
    self.inputs = inputs
    self.wantsDigests = wantsDigests
    remarks = inputs.map(\.remarks)
    digests = Array(repeating: nil, count: inputs.count)
  }

  /// Notes what is known of an input now that it was read to its end.
  mutating func complete(
    _ place: Int,
    rowCount: Int,
    footerCount: Int,
    allowsEmpty: Bool
  ) throws(ImportError) {
    let input = inputs[place]
    remarks[place] = input.remarks + input.reader.remarks
    if rowCount == 0 && !allowsEmpty {
      throw ImportError(refusing: input.name, because: Finding(.fileHeaderOnly, .refusal))
    }
    if footerCount > 0 {
      remarks[place].append(Finding(.footerRow, .warning, number: footerCount))
    }
    guard wantsDigests else { return }
    try input.source.finish()
    digests[place] = input.source.digestText
  }

  /// Makes sure that no input changed since it was opened.
  func verifyUnchanged() throws(ImportError) {
    for input in inputs { try input.source.verifyUnchanged() }
  }
}
