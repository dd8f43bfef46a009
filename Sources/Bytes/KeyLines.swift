import CScan

/// What lines about rows have in common: constant texts, between which a row's number, its id in 24
/// hexadecimal digits and its extension stand.
package struct KeyLineForm {
  /// Where the texts stand in a buffer of such.
  package var opening: Range<Int>
  package var beforeID: Range<Int>
  package var beforeNumber: Range<Int>
  package var ending: Range<Int>

  /// Makes a form.
  package init(
    opening: Range<Int>,
    beforeID: Range<Int>,
    beforeNumber: Range<Int>,
    ending: Range<Int>
  ) {
    self.opening = opening
    self.beforeID = beforeID
    self.beforeNumber = beforeNumber
    self.ending = ending
  }

  /// Bytes of all texts.
  fileprivate var byteCount: Int {
    opening.count + beforeID.count + beforeNumber.count + ending.count
  }

  /// Whether all texts are in a range.
  fileprivate func isInside(_ range: Range<Int>) -> Bool {
    range.contains(opening) && range.contains(beforeID) && range.contains(beforeNumber)
      && range.contains(ending)
  }
}

/// The row number of the line before, whose digits make those of the next one.
package struct LineCounter: BitwiseCopyable {
  fileprivate var counter = scan_counter()

  /// Knows no line.
  package init() {}
}

/// How the bits of a packed row's last word are to be understood.
package struct KeyLineWord {
  /// Those that hold the extension's place among all (`ExtensionNumber.place`), 0 for none.
  package var placeMask: UInt64
  /// Those in which rows must agree to have lines of the same form.
  package var sameMask: UInt64

  /// Makes it.
  package init(placeMask: UInt64, sameMask: UInt64) {
    self.placeMask = placeMask
    self.sameMask = sameMask
  }
}

extension ByteBuffer {
  /// Bytes for which there must be room behind the texts of lines.
  package static let lineTextPadding = 16

  /// Adds lines about rows, up to the first that is not like the first of them or has no extension.
  ///
  /// - Parameters:
  ///   - rows: the rows: the 12 bytes of the id, which are two numbers of 8 and 4, then 4 bytes of
  ///     anything, then a word of 8.
  ///   - word: what its bits are.
  ///   - firstNumber: the number of the first row; the next ones follow it.
  ///   - form: what the lines have in common.
  ///   - texts: what its texts stand in, with room for `lineTextPadding` bytes more.
  ///   - counter: the one of the lines before.
  /// - Returns: how many rows have a line now.
  package mutating func append<Row: BitwiseCopyable>(
    linesOf rows: Span<Row>,
    _ word: KeyLineWord,
    firstNumber: UInt64,
    _ form: KeyLineForm,
    of texts: borrowing ByteBuffer,
    counter: inout LineCounter
  ) -> Int {
    precondition(
      MemoryLayout<Row>.size == MemoryLayout<scan_row>.size && word.placeMask < 1 << 34,
      "rows of another size, or places of another"
    )
    precondition(form.isInside(0..<texts.count), "texts that are not there")
    let byteCount = form.byteCount + Int(SCAN_LINE_ROOM)
    var lineCount = 0
    texts.withBytes(paddedBy: Self.lineTextPadding) { texts in
      func text(_ range: Range<Int>) -> scan_line_text {
        scan_line_text(bytes: texts + range.lowerBound, count: UInt64(range.count))
      }
      var form = scan_line_form(
        opening: text(form.opening),
        before_id: text(form.beforeID),
        before_number: text(form.beforeNumber),
        ending: text(form.ending),
        place_mask: word.placeMask,
        same_mask: word.sameMask
      )
      append(upTo: rows.count * byteCount) { target in
        rows.withUnsafeBytes { rows in
          var length: UInt64 = 0
          lineCount = Int(
            scan_write_lines(
              target,
              &form,
              rows.baseAddress?.assumingMemoryBound(to: scan_row.self),
              UInt64(rows.count / MemoryLayout<scan_row>.size),
              firstNumber,
              &counter.counter,
              &length
            )
          )
          return Int(length)
        }
      }
    }
    return lineCount
  }
}
