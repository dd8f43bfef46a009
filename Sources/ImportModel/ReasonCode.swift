/// Why a row or an input was rejected or is remarkable.
///
/// A code that has shipped is never renamed and never changes its meaning. What each one says about
/// itself stands in its `entry`.
package enum ReasonCode: UInt8, CaseIterable, Hashable, BitwiseCopyable, Sendable {
  // An input as a whole, and its encoding.
  case fileNotFound, fileUnreadable, fileEmpty, fileHeaderOnly, fileTruncated, fileChanged
  case fileNamedTwice, fileIsXLSX, fileIsXLS, fileIsHTML, fileIsJSON, fileIsCompressed
  case fileIsBinary, formatMismatch, encodingUnknown, encodingAssumed, encodingMixed, invalidUTF8
  case utf16Broken, nulByte, bomInside, fieldTooLong, rowTooLong, tooManyColumns, tooManyRows

  // The structure of CSV.
  case delimiterAmbiguous, sepDirective, lineEndingsMixed, raggedRowShort, raggedRowLong
  case trailingDelimiter, unterminatedQuote, strayQuote, textAfterQuote, multilineField
  case blankRow, repeatedHeader, titleRow, footerRow, commentRow

  // Headers and columns.
  case headerMissing, columnMissing, columnUnknown, columnDuplicate, columnAmbiguous, columnEmpty
  case columnsSwapped, headerHiddenChars, mapInvalid

  // XML.
  case xmlNotWellFormed, xmlTruncated, xmlDoctypeForbidden, xmlEntityForbidden
  case xmlEncodingConflict, xmlInvalidChar, xmlNoRecords, xmlFieldMissing, xmlFieldRepeated
  case xmlFieldNested, xmlUnknownElement, xmlNamespace, xmlTooDeep, xmlTextTooLong

  // Any cell.
  case cellExcelError, cellHashMarks, cellFormula, cellTextFormula, cellLeadingApostrophe
  case cellSmartQuotes, cellWrappedQuotes, cellOuterSpace, cellInnerSpace, cellNBSP, cellZeroWidth
  case cellBidiControl, cellSoftHyphen, cellTabNewline, cellControlChar, cellReplacementChar
  case cellMojibake, cellNullWord, cellBooleanWord, cellHTMLEntity, cellPercentEncoded, cellJSON
  case cellMasked, cellTruncatedMark

  // Extensions.
  case extensionMissing, extensionTooShort, extensionTooLong, extensionNotDigits, extensionLetters
  case extensionLookalike, extensionSeparators, extensionPrefixWord, extensionPhoneNumber
  case extensionPlusSign, extensionExcelScientific, extensionDecimalSuffix, extensionFraction
  case extensionThousands, extensionCurrencyPercent, extensionNegative, extensionDate
  case extensionTime, extensionFullwidth, extensionOtherDigits, extensionSuperscript
  case extensionRange, extensionLeadingZero, extensionLeadingZeroLost, extensionLengthUnusual
  case extensionReserved, extensionOutsideRange, extensionRecentlyReleased

  // User ids.
  case objectidMissing, objectidWrongLength, objectidNotHex, objectidExcelScientific
  case objectidRounded, objectidDecimalSuffix, objectidThousands, objectidWrapped, objectid0x
  case objectidSeparators, objectidUppercase, objectidFullwidth, objectidLookalike, objectidUUID
  case objectidBase64, objectidEmail, objectidNumber, objectidNull, objectidImplausibleTime

  // Between rows.
  case duplicateRow, duplicateInFile, duplicateAcrossFiles, duplicateAfterRepair
  case duplicateZeroVariant, userRepeatedConflict, blockedByRow, inCycle, inChain

  // Against the directory.
  case userNotFound, userDisabled, alreadyAssigned, userHasExtension, extensionNotProvisioned
  case extensionWrongKind, extensionDisabledAtTarget, emailNotMatched, emailAmbiguous

  // Against the account of a phone system.
  case extensionTargetLimit, licenceLimit, fieldMissingForTarget, fieldTooLongForTarget, emailTaken
  case emailRepeated

  // The run.
  case stoppedByBudget, stoppedByBrake, stoppedByAtomic, cancelled

  // Sending to a target.
  case rejectedByTarget, userNotFoundAtTarget, targetCannotClear, unexpectedResponse
  case retriesExhausted, outcomeUnknown, swapIncomplete, waitsForRow, unauthorized, connectFailed
  case tlsFailed, targetError, stoppedByFailures, forbidden, conflictAtTarget, verifyMismatch
  case credentialsRefused, directoryNotUpdated
}
