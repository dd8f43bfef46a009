package import Bytes
import Glibc

/// Turns text of one encoding into another (iconv(3)).
final class Transcoder {
  /// How far a conversion came.
  struct Progress {
    /// Bytes of the input that were converted.
    var consumed: Int
    /// Whether it stopped because the next bytes mean nothing in either encoding.
    var isMalformed: Bool
  }

  private let descriptor: iconv_t
  private var scratch = [CChar](repeating: 0, count: 1 << 16)

  /// Makes a converter; `nil` when iconv does not know one of the names.
  init?(from source: String, to target: String) {
    // Behind a slash iconv takes orders, such as leaving characters out.
    guard Self.isPlainName(source), Self.isPlainName(target) else { return nil }
    guard let descriptor = iconv_open(target, source), descriptor != iconv_t(bitPattern: -1) else {
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { iconv_close(descriptor) }

  /// Converts as much as can be and adds it to the buffer.
  ///
  /// Stops at bytes that mean nothing, and before a character whose end is not there yet.
  func convert(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> Progress {
    var consumed = 0
    while true {
      var produced = 0
      let cause = step(bytes.extracting(consumed..<bytes.count), &consumed, &produced)
      for place in 0..<produced { buffer.append(UInt8(bitPattern: scratch[place])) }
      if cause == E2BIG { continue }
      return Progress(consumed: consumed, isMalformed: cause == EILSEQ)
    }
  }

  /// One call of iconv(3): 0 when all was converted, else its `errno`.
  private func step(_ bytes: Span<UInt8>, _ consumed: inout Int, _ produced: inout Int) -> CInt {
    let descriptor = descriptor
    return scratch.withUnsafeMutableBufferPointer { scratch in
      bytes.withUnsafeBufferPointer { bytes in
        // iconv's input is not const for history's sake; it does not write there.
        var input = UnsafeMutableRawPointer(mutating: UnsafeRawPointer(bytes.baseAddress))?
          .assumingMemoryBound(to: CChar.self)
        var inputLeft = bytes.count
        var output = scratch.baseAddress
        var outputLeft = scratch.count
        errno = 0
        let result = iconv(descriptor, &input, &inputLeft, &output, &outputLeft)
        let cause = result == Int(bitPattern: UInt.max) ? errno : 0
        consumed += bytes.count - inputLeft
        produced = scratch.count - outputLeft
        return cause
      }
    }
  }

  /// Forgets the shift state and what was left unfinished.
  func reset() { iconv(descriptor, nil, nil, nil, nil) }

  private static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"): true
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"): true
        default: false
        }
      }
  }
}

/// Writes UTF-8 text in the encoding of an input.
package final class TextEncoder {
  private let transcoder: Transcoder?
  private let replacement: [UInt8]
  /// What is read as U+FFFD, the trace of a byte that meant nothing; empty if every byte means something.
  private let lostCharacter: [UInt8]

  /// Makes an encoder for an encoding that an input was read in.
  package init(_ encoding: TextEncoding) {
    guard !encoding.isUTF8, let transcoder = Transcoder(from: "UTF-8", to: encoding.name) else {
      self.transcoder = nil
      replacement = []
      lostCharacter = []
      return
    }
    self.transcoder = transcoder
    var mark = ByteBuffer(minimumCapacity: 8)
    _ = transcoder.convert([UInt8(ascii: "?")].span, into: &mark)
    replacement = (0..<mark.count).map { mark[$0] }
    lostCharacter = Self.meaninglessByte(in: encoding).map { [$0] } ?? []
  }

  /// A byte that means nothing whatever stands behind it.
  private static func meaninglessByte(in encoding: TextEncoding) -> UInt8? {
    guard let decoder = Transcoder(from: encoding.name, to: "UTF-8") else { return nil }
    return (0x80...UInt8.max).reversed().first { byte in
      "A,;\"\t\n\r".utf8.allSatisfy { next in
        var decoded = ByteBuffer()
        defer { decoder.reset() }
        let progress = decoder.convert([byte, next].span, into: &decoded)
        return progress.isMalformed && progress.consumed == 0
      }
    }
  }

  /// Adds text to the buffer.
  ///
  /// Characters that the encoding does not have become `?`; but a row that was refused for a U+FFFD
  /// must be refused again when it is read back, so that this one becomes a byte that is read as it.
  package func append(_ text: Span<UInt8>, to buffer: inout ByteBuffer) {
    guard let transcoder else {
      buffer.append(text)
      return
    }
    var place = 0
    while place < text.count {
      let progress = transcoder.convert(text.extracting(place..<text.count), into: &buffer)
      place += progress.consumed
      guard place < text.count else { return }
      transcoder.reset()
      let length = text[place] < 0x80 ? 1 : UTF8Text.sequenceLength(in: text, at: place)
      let isLost =
        length == 3 && text[place] == 0xEF && text[place + 1] == 0xBF && text[place + 2] == 0xBD
      buffer.append(isLost && !lostCharacter.isEmpty ? lostCharacter : replacement)
      place += max(1, length)
    }
  }
}
