import Bytes
import Pipeline
import Reports

/// Says in one line how far a run is.
struct ProgressText {
  let progress: RunProgress
  /// Since the stage began.
  let elapsed: Duration

  /// A line for a log: no bar, whatever its length.
  var plain: String { ([title] + figures).joined(separator: ", ") }

  /// A line that fits a terminal, with a bar where the end is known.
  func fitting(_ width: Int) -> String {
    var parts = figures
    // What matters least goes first when there is no room.
    while parts.count > 1, title.count + barWidth + joined(parts).count > width {
      parts.removeLast()
    }
    let line = [title, bar, joined(parts)].filter { !$0.isEmpty }.joined(separator: "  ")
    return String(line.prefix(max(0, width)))
  }

  private var title: String {
    let verb =
      switch progress.stage {
      case .reading: "reading"
      case .comparing: "comparing with the store"
      case .looking: "looking at the account"
      case .applying: "writing"
      case .sending: "sending"
      case .reporting: "reporting"
      }
    guard let input = progress.input else { return verb }
    return "\(verb) \(input == "-" ? "standard input" : ByteBuffer.shown(input))"
  }

  /// Counts, share, rate and the time left, as far as they are known.
  private var figures: [String] {
    var figures: [String] = []
    if let pause = progress.pause {
      figures.append("waiting \(Self.time(pause / .seconds(1))) as the target asks")
    }
    if let share { figures.append("\(Int(share * 100))%") }
    figures.append("\(Self.grouped(progress.rowCount)) rows")
    if let total = progress.totalByteCount, total > 0 {
      figures.append("\(Self.bytes(progress.byteCount)) of \(Self.bytes(total))")
    } else if progress.byteCount > 0 {
      figures.append(Self.bytes(progress.byteCount))
    }
    let seconds = elapsed / .seconds(1)
    // The first moments say nothing about the rest.
    guard seconds >= 0.5 else { return figures }
    if progress.byteCount > 0 {
      figures.append("\(Self.bytes(UInt64(Double(progress.byteCount) / seconds)))/s")
    } else if progress.rowCount > 0 {
      figures.append("\(Self.grouped(Int(Double(progress.rowCount) / seconds))) rows/s")
    }
    if let share, share > 0.01, share < 1 {
      figures.append("\(Self.time(seconds / share * (1 - share))) left")
    }
    return figures
  }

  /// What is done of the stage, 0 to 1; `nil` when nobody knows its end.
  private var share: Double? {
    if let total = progress.totalByteCount, total > 0 {
      return min(1, Double(progress.byteCount) / Double(total))
    }
    if let total = progress.totalRowCount, total > 0 {
      return min(1, Double(progress.rowCount) / Double(total))
    }
    return nil
  }

  private static let barLength = 20

  private var bar: String {
    guard let share else { return "" }
    let filled = Int(share * Double(Self.barLength))
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: "-", count: Self.barLength - filled) + "]"
  }

  /// The bar with the space around it.
  private var barWidth: Int { share == nil ? 2 : Self.barLength + 6 }

  private func joined(_ parts: [String]) -> String { parts.joined(separator: "  ") }

  /// A number with commas between groups of three digits.
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in "\(number)".reversed().enumerated() {
      if place > 0 && place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// A number of bytes in units of 1000, as file managers show it.
  static func bytes(_ count: UInt64) -> String {
    guard count >= 1000 else { return "\(count) B" }
    var value = Double(count)
    var unit = ""
    for next in ["kB", "MB", "GB", "TB", "PB"] where value >= 1000 {
      value /= 1000
      unit = next
    }
    let tenths = Int(value * 10)
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(tenths / 10) \(unit)"
  }

  /// A time in hours, minutes and seconds: `0:07`, `1:02:03`.
  static func time(_ seconds: Double) -> String {
    let all = Int(min(seconds.rounded(.up), 359_999))
    let two = { (part: Int) in part < 10 ? "0\(part)" : "\(part)" }
    let minutes = all / 60 % 60
    if all >= 3600 { return "\(all / 3600):\(two(minutes)):\(two(all % 60))" }
    return "\(minutes):\(two(all % 60))"
  }
}
