import ImportModel

extension CellChecker {
  /// Calls damage that only ids have by its name; returns whether some was found.
  mutating func nameIDDamage() -> Bool {
    if text.isAlphanumeric { return namePlainIDDamage() }
    text.tokenize()
    if text.isEmailAddress {
      fail(.objectidEmail)
    } else if text.isAllDigits && text.count <= 15 {
      fail(.objectidNumber, number: text.count)
    } else if text.isScientific(needsSign: true) {
      fail(.objectidExcelScientific)
    } else if text.isThousands {
      fail(.objectidThousands)
    } else if text.zeroDecimals != nil || text.isFraction {
      fail(.objectidDecimalSuffix)
    } else if text.isUUID {
      fail(.objectidUUID)
    } else if nameIDLookalike() {
      return true
    } else if text.hasOnlySeparatedHexDigits {
      nameIDSeparators()
    } else if nameBase64ID() {
      return true
    } else {
      return false
    }
    return true
  }

  /// Likewise in a text of ASCII letters and digits, most of which needs no closer look.
  private mutating func namePlainIDDamage() -> Bool {
    if text.count <= 15 && text.isAllDigits {
      fail(.objectidNumber, number: text.count)
    } else if text.count == 32 && text.isUUID {
      fail(.objectidUUID)
    } else {
      return text.count == 24 && nameIDLookalike() || text.count == 16 && nameBase64ID()
    }
    return true
  }

  private mutating func nameIDLookalike() -> Bool {
    guard text.count == 24, let place = text.firstNonHexDigit, text.hasOnlyHexLookalikes else {
      return false
    }
    fail(.objectidLookalike, at: place)
    if explaining, let id = text.lookalikeObjectID, id.canBeGiven { suggestForLast(id) }
    return true
  }

  private mutating func nameBase64ID() -> Bool {
    guard let id = text.base64ObjectID else { return false }
    fail(.objectidBase64)
    if explaining, id.canBeGiven { suggestForLast(id) }
    return true
  }

  private mutating func nameIDSeparators() {
    let place = text.firstNonHexDigit ?? 0
    let shown = shown(place)
    let position = text.position(of: place)
    if let wide = text.firstIndex(where: \.isWideSpace) {
      fail(.cellNBSP, text: shownCodePoint(text[wide]))
    }
    text.removeAll { !$0.isHexDigit }
    fail(.objectidSeparators, number: position, text: shown)
    if explaining, let id = text.objectID, id.canBeGiven { suggestForLast(id) }
  }
}

extension CellText {
  /// Whether the text has one `@` with a name before it and a domain after it.
  fileprivate var isEmailAddress: Bool {
    guard mayContain("@"), let at = firstIndex(where: { $0 == "@" }), at > 0,
      at < count - 1
    else { return false }
    var dots = 0
    for place in at + 1..<count {
      if self[place] == "@" || self[place] == " " { return false }
      if self[place] == "." { dots += 1 }
    }
    return dots > 0 && self[at + 1] != "." && self[count - 1] != "."
  }

  /// Whether the text is a UUID (RFC 9562), in any of its usual clothes.
  fileprivate var isUUID: Bool {
    guard count >= 32 && count <= 47 else { return false }
    var place = reads("urn:uuid:") ? 9 : 0
    var end = count
    if place < end, self[place] == "{", self[end - 1] == "}" {
      place += 1
      end -= 1
    }
    if end - place == 32 { return (place..<end).allSatisfy { self[$0].isHexDigit } }
    guard end - place == 36 else { return false }
    for offset in 0..<36 {
      let scalar = self[place + offset]
      switch offset {
      case 8, 13, 18, 23: if !scalar.isHyphen { return false }
      default: if !scalar.isHexDigit { return false }
      }
    }
    return true
  }

  /// Whether there are only hexadecimal digits and characters that people put between them, and
  /// about as many digits as an id has.
  fileprivate var hasOnlySeparatedHexDigits: Bool {
    var digits = 0
    var separators = 0
    for place in 0..<count {
      let scalar = self[place]
      if scalar.isHexDigit {
        digits += 1
      } else if scalar.isHyphen || scalar.isWideSpace || scalar.isHexSeparator {
        separators += 1
      } else {
        return false
      }
    }
    return separators > 0 && digits >= 20 && digits <= 28
  }

  /// The id that 16 base64 characters stand for, when they look as if they came of bytes.
  fileprivate var base64ObjectID: ObjectID? {
    guard count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var hasUpper = false
    var hasLower = false
    var hasOther = false
    for place in 0..<16 {
      let scalar = self[place]
      let bits: UInt32
      switch scalar {
      case "A"..."Z":
        hasUpper = true
        bits = scalar.value - 0x41
      case "a"..."z":
        hasLower = true
        bits = scalar.value - 0x61 + 26
      case "0"..."9":
        hasOther = true
        bits = scalar.value - 0x30 + 52
      case "+", "-":
        hasOther = true
        bits = 62
      case "/", "_":
        hasOther = true
        bits = 63
      default: return nil
      }
      // 96 bits: the first 64 in `high`, the last 32 in `low`.
      if place < 10 {
        high = high << 6 | UInt64(bits)
      } else if place == 10 {
        high = high << 4 | UInt64(bits >> 2)
        low = UInt64(bits & 3)
      } else {
        low = low << 6 | UInt64(bits)
      }
    }
    // Words of a language rarely mix both cases with digits.
    guard hasUpper && hasLower && hasOther else { return nil }
    return ObjectID(high: high, low: UInt32(truncatingIfNeeded: low))
  }
}

extension Unicode.Scalar {
  /// What people put between hexadecimal digits, beside hyphens and wide spaces.
  fileprivate var isHexSeparator: Bool {
    switch self {
    case " ", ".", ":", "_", ",", "/": true
    default: false
    }
  }
}
