/// Another program that does the same job, simplified, if the machine has it.
///
/// The job: read a generated users export, find ids that are not 24 hexadecimal digits, extensions that
/// are not 2 to 10 digits, and repeated ones, of which the first counts; write a line of JSON for every
/// row. Nothing else of what a dry run does is asked of them.
struct Peer {
  let name: String
  /// What must be on the path.
  let program: String
  /// The command; `$1` is the input and `$2` the output.
  let command: String

  static let all = [
    Peer(
      name: "awk",
      program: "awk",
      command: """
        awk -F, 'NR == 1 { next }
        { u = $1; e = $NF; sub(/\\r$/, "", e); c = ""
          if (length(u) != 24 || u ~ /[^0-9a-fA-F]/) c = "id"
          else if (u in U) c = "id repeated"; else U[u]
          if (length(e) < 2 || length(e) > 10 || e ~ /[^0-9]/) { if (c == "") c = "extension" }
          else if (("e" e) in E) { if (c == "") c = "extension repeated" } else E["e" e]
          printf "{\\"row\\":%d,\\"userId\\":\\"%s\\",\\"rcExtension\\":\\"%s\\",\\"error\\":\\"%s\\"}\\n", NR, u, e, c
        }' "$1" > "$2"
        """
    ),
    Peer(
      name: "python csv",
      program: "python3",
      command: """
        exec python3 -c '
        import csv, re, sys
        is_id, is_number = re.compile("[0-9a-fA-F]{24}").fullmatch, re.compile("[0-9]{2,10}").fullmatch
        ids, numbers = set(), set()
        with open(sys.argv[1], newline="", encoding="utf-8") as source, \\
            open(sys.argv[2], "w", encoding="utf-8", buffering=1 << 20) as report:
          rows = csv.reader(source)
          header = next(rows)
          u, e = header.index("userId"), header.index("rcExtension")
          for place, row in enumerate(rows, 2):
            code = ""
            if not is_id(row[u]): code = "id"
            elif row[u] in ids: code = "id repeated"
            else: ids.add(row[u])
            if not is_number(row[e]): code = code or "extension"
            elif row[e] in numbers: code = code or "extension repeated"
            else: numbers.add(row[e])
            report.write(f"{{\\"row\\":{place},\\"userId\\":\\"{row[u]}\\",\\"rcExtension\\":\\"{row[e]}\\",\\"error\\":\\"{code}\\"}}\\n")
        ' "$1" "$2"
        """
    ),
  ]

  /// What the shell is to be called with.
  func arguments(input: String, output: String) -> [String] {
    ["sh", "-c", "command -v \(program) > /dev/null || exit 127\n\(command)", "sh", input, output]
  }
}
