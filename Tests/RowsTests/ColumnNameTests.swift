import Rows
import Testing

struct ColumnNameTests {
  @Test(
    arguments: [
      ("_id", "id"), ("User ID", "userid"), ("user_id", "userid"), ("Ext. #", "ext"),
      ("First Name [Required]", "firstname"), ("User ID/Email (Required)", "useridemail"),
      ("[id]", "id"), ("  Extension\u{A0}Number ", "extensionnumber"),
      ("\u{FEFF}userId", "userid"), ("rc\u{200B}Extension", "rcextension"),
      ("@id", "id"), ("contact/email", "contactemail"), ("", ""), (".", ""),
      ("İd", "i\u{307}d"),
    ]
  )
  func `spellings of one name have one key`(_ name: String, _ key: String) {
    #expect(ColumnName(name).key == key)
  }

  @Test(
    arguments: [
      ("user", false), (" user ", false), ("\u{FEFF}user", true), ("us\u{AD}er", true),
      ("user\u{A0}id", true), ("usér", false),
    ]
  )
  func `hidden characters are noticed`(_ name: String, _ hidden: Bool) {
    #expect(ColumnName(name).hadHiddenCharacters == hidden)
  }

  @Test(arguments: [
    "_row", "_line", "_codes", "_message", "_hint", "_suggested", "@_row", " _ROW ",
  ])
  func `columns of a rejects file are known`(_ name: String) {
    #expect(ColumnName(name).isAdded)
  }

  @Test(arguments: ["row", "_rows", "codes", "_id", ""])
  func `columns of the input are not taken for those`(_ name: String) {
    #expect(!ColumnName(name).isAdded)
  }
}

struct EditDistanceTests {
  @Test(
    arguments: [
      ("", "", 0), ("a", "", 1), ("", "ab", 2), ("userid", "usreid", 1),
      ("extention", "extension", 1),
      ("extensoin", "extension", 1), ("kitten", "sitting", 3), ("ab", "ba", 1), ("ca", "abc", 3),
    ]
  )
  func `letters added, removed, changed and swapped are counted`(
    _ first: String,
    _ second: String,
    _ distance: Int
  ) {
    #expect(EditDistance.between(first, second) == distance)
    #expect(EditDistance.between(second, first) == distance)
  }

  @Test(
    arguments: [
      ("usreid", "userid", true), ("extenson", "extension", true), ("exteniosn", "extension", true),
      ("extension", "extension", false), ("text", "ext", false), ("state", "status", false),
      ("filename", "fullname", false), ("mail", "email", true),
    ]
  )
  func `only long names have near misses`(_ name: String, _ known: String, _ isNear: Bool) {
    #expect(EditDistance.isNearMiss(name, of: known) == isNear)
  }
}
