import ImportModel
import Readers
import Rows
import Testing

struct WrongFileTests {
  struct Sample: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var code: ReasonCode
    var text: String?

    init(_ name: String, _ bytes: [UInt8], _ code: ReasonCode, _ text: String? = nil) {
      testDescription = name
      self.bytes = bytes
      self.code = code
      self.text = text
    }

    init(_ name: String, _ start: String, _ code: ReasonCode, _ text: String? = nil) {
      self.init(name, Array(start.utf8), code, text)
    }
  }

  static func zip(_ names: String...) -> [UInt8] {
    var bytes: [UInt8] = []
    for name in names {
      bytes += [0x50, 0x4B, 0x03, 0x04]
      bytes += [UInt8](repeating: 0, count: 22)
      bytes += [UInt8(name.utf8.count), 0, 0, 0]
      bytes += Array(name.utf8)
      bytes += [1, 2, 3]
    }
    return bytes
  }

  static let samples = [
    Sample("nothing", "", .fileEmpty),
    Sample("white space", "\n \t\r\n\n", .fileEmpty),
    Sample("much white space", String(repeating: " \n", count: 20_000), .fileEmpty),
    Sample("only a byte order mark", [0xEF, 0xBB, 0xBF], .fileEmpty),
    Sample("an empty UTF-16 file", [0xFF, 0xFE], .fileEmpty),
    Sample("a workbook", zip("[Content_Types].xml", "_rels/.rels"), .fileIsXLSX),
    Sample("a workbook in another order", zip("_rels/.rels", "xl/workbook.xml"), .fileIsXLSX),
    Sample("a zip file", zip("users.csv"), .fileIsCompressed, "zip"),
    Sample("an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], .fileIsXLS),
    Sample("gzip", [0x1F, 0x8B, 8, 0, 0], .fileIsCompressed, "gzip"),
    Sample("bzip2", "BZh91AY&SY", .fileIsCompressed, "bzip2"),
    Sample("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .fileIsCompressed, "xz"),
    Sample("zstd", [0x28, 0xB5, 0x2F, 0xFD, 0], .fileIsCompressed, "zstd"),
    Sample("7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .fileIsCompressed, "7z"),
    Sample("a page", "<!DOCTYPE html>\n<html>", .fileIsHTML),
    Sample("a page without type", "\n\n  <HTML lang=en>", .fileIsHTML),
    Sample("a page after a comment", "<!-- saved --> <!-- x -->\n<!doctype HTML>", .fileIsHTML),
    Sample("a page as XML", "<?xml version='1.0'?><!DOCTYPE html PUBLIC ''>", .fileIsHTML),
    Sample("a JSON array", " [\n {\"_id\": 1}]", .fileIsJSON),
    Sample("a JSON object", "{\"users\": []}", .fileIsJSON),
    Sample("NDJSON", "{\"a\":1}\n{\"a\":2}\n", .fileIsJSON),
    Sample("a PDF", "%PDF-1.7\n", .fileIsBinary, "PDF"),
    Sample("an image", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], .fileIsBinary, "PNG"),
    Sample("a program", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1], .fileIsBinary, "ELF"),
    Sample("a database", Array("SQLite format 3".utf8) + [0, 16], .fileIsBinary, "SQLite"),
    Sample("zeros", [UInt8](repeating: 0, count: 600), .fileIsBinary),
    Sample("control characters", [UInt8](repeating: 0x05, count: 90), .fileIsBinary),
  ]

  @Test(arguments: samples)
  func `a wrong file is named`(_ sample: Sample) throws {
    let file = try TemporaryFile(sample.bytes)
    for format in [nil, ReadingOptions.Format.csv] {
      var options = ReadingOptions()
      options.format = format
      let found = refusal {
        _ = try InputOpener.open(path: file.path, options: options, wantsDigest: false)
      }
      #expect(found == Finding(sample.code, .refusal, text: sample.text))
      let raw = refusal { _ = try InputOpener.openRaw(path: file.path, options: options) }
      #expect(raw == found)
    }
  }

  @Test(
    arguments: [
      "[_id],[ext]\n64b7f1a2e4b0a5d3f9c12345,12\n", "_id,note\n64b7f1a2e4b0a5d3f9c12345,\u{0}\n",
      "\n\n_id\n64b7f1a2e4b0a5d3f9c12345\n",
    ]
  )
  func `a strange beginning of CSV is no wrong file`(_ text: String) throws {
    #expect(try InputOpener.open(text: text).format == .csv)
  }
}
