extension ReasonCode {
  /// Whether it tells something of an input as a whole that rejects no row, whatever `--strict` says.
  package var isRemarkOnInput: Bool {
    switch self {
    case .formatMismatch, .encodingAssumed, .sepDirective, .lineEndingsMixed, .blankRow,
      .repeatedHeader, .titleRow, .footerRow, .commentRow, .columnUnknown, .headerHiddenChars,
      .xmlNamespace, .xmlUnknownElement:
      true
    default:
      false
    }
  }
}
