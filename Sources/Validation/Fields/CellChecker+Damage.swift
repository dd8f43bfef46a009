import ImportModel

extension CellChecker {
  /// Calls damage that any key cell can have by its name.
  ///
  /// - Returns: whether some was found; a plain rule would only say the same less clearly.
  mutating func nameDamage() -> Bool {
    if text.isEmpty || text.hasNoMarkOrWord { return false }
    if text.isSpreadsheetError {
      fail(.cellExcelError)
    } else if text.allSatisfy({ $0 == "#" }) {
      fail(.cellHashMarks, number: text.count)
    } else if text.isNullWord {
      fail(.cellNullWord)
    } else if text.isBooleanWord {
      fail(.cellBooleanWord)
    } else if text.isMasked {
      fail(.cellMasked)
    } else if text.isFormula {
      fail(.cellFormula)
    } else if text.isJSON {
      fail(.cellJSON)
    } else if text.endsTruncated {
      fail(.cellTruncatedMark)
    } else if let entity = text.firstEntity {
      fail(.cellHTMLEntity, text: explaining ? text.string(entity) : nil)
    } else if let place = text.firstPercentEscape {
      fail(.cellPercentEncoded, text: explaining ? text.string(place..<place + 3) : nil)
    } else if let place = text.firstMojibake {
      fail(.cellMojibake, text: explaining ? text.string(place..<place + 2) : nil)
    } else {
      return false
    }
    return true
  }
}
