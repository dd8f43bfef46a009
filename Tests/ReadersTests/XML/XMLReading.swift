import Bytes
import ImportModel
import Readers
import Rows
import Support

/// Short ways to read small documents in tests.
enum XMLReading {
  /// A contract over readers of a record path.
  static func contract(
    path: [String] = ["user"],
    maximumFieldByteCount: Int = 1 << 20,
    maximumRowByteCount: Int = 1 << 20
  ) -> RowReaderContract {
    RowReaderContract { source in
      XMLReader(
        source: source,
        recordPath: path,
        maximumFieldByteCount: maximumFieldByteCount,
        maximumRowByteCount: maximumRowByteCount
      )
    }
  }

  /// A reader of text.
  static func reader(
    of text: String,
    path: [String] = ["user"],
    cutting: MemorySource.Cutting = .whole
  ) -> XMLReader {
    reader(of: Array(text.utf8), path: path, cutting: cutting)
  }

  /// A reader of bytes.
  static func reader(
    of bytes: [UInt8],
    path: [String] = ["user"],
    cutting: MemorySource.Cutting = .whole
  ) -> XMLReader {
    XMLReader(
      source: MemorySource(bytes, cutting: cutting),
      recordPath: path,
      maximumFieldByteCount: 1 << 20,
      maximumRowByteCount: 1 << 20
    )
  }

  /// Everything a document gives, by column name, one line a row: `@id=7 name=Ada`.
  static func lines(of text: String, path: [String] = ["user"]) -> [String] {
    let result = contract(path: path).result(of: Array(text.utf8))
    if let error = result.error { return [error] }
    return result.rows.map { row in
      zip(result.columns, row.texts)
        .compactMap { name, value in value.map { "\(name)=\($0)" } }
        .joined(separator: "|")
    }
  }

  /// The error that reading all of a document ends with, and the rows before it.
  static func failure(
    of bytes: [UInt8],
    path: [String] = ["user"],
    cutting: MemorySource.Cutting = .whole
  ) -> (error: ImportError?, rowCount: Int) {
    let reader = reader(of: bytes, path: path, cutting: cutting)
    var batch = RowBatch()
    var rowCount = 0
    do throws(ImportError) {
      while try reader.read(into: &batch) { rowCount += batch.count }
      return (nil, rowCount)
    } catch {
      return (error, rowCount)
    }
  }
}
