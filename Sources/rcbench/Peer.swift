/// Another program that does the same job, simplified, if the machine has it.
///
/// The job: read a generated users export, find ids that are not 24 hexadecimal digits, extensions that
/// are not 2 to 10 digits, and repeated ones, of which the first counts; write a line of JSON for every
/// row. Nothing else of what a dry run does is asked of them.
struct Peer {
  let name: String
  /// A command that succeeds where the machine has what is needed.
  let requirement: String
  /// The command; `$1` is the input and `$2` the output.
  let command: String

  static let all = [
    Peer(
      name: "polars",
      requirement: "python3 -c 'import polars'",
      command: """
        exec python3 -c '
        import sys, polars as pl
        u, e = pl.col("userId"), pl.col("rcExtension")
        code = (pl.when(~u.str.contains("^[0-9a-fA-F]{24}$")).then(pl.lit("id"))
          .when(~u.is_first_distinct()).then(pl.lit("id repeated"))
          .when(~e.str.contains("^[0-9]{2,10}$")).then(pl.lit("extension"))
          .when(~e.is_first_distinct()).then(pl.lit("extension repeated"))
          .otherwise(pl.lit("")))
        rows = (pl.scan_csv(sys.argv[1], infer_schema=False, row_index_name="row", row_index_offset=2)
          .select("row", u.fill_null(""), e.fill_null("")).with_columns(code=code))
        pieces = ["{\\"row\\":", pl.col("row").cast(pl.String), ",\\"userId\\":\\"", u,
          "\\",\\"rcExtension\\":\\"", e, "\\",\\"error\\":\\"", pl.col("code"), "\\"}"]
        line = pl.concat_str([pl.lit(x) if isinstance(x, str) else x for x in pieces])
        rows.select(line).sink_csv(sys.argv[2], include_header=False, quote_style="never")
        ' "$1" "$2"
        """
    ),
    Peer(
      name: "duckdb",
      requirement: "python3 -c 'import duckdb'",
      command: """
        exec python3 -c '
        import sys, duckdb
        db = duckdb.connect()
        db.execute("CREATE TABLE t AS SELECT row_number() OVER () + 1 AS r, coalesce(userId, $$$$) AS u,"
          " coalesce(rcExtension, $$$$) AS e FROM read_csv($1, header = true, all_varchar = true)", [sys.argv[1]])
        first = "(SELECT {0}, min(r) AS m FROM t GROUP BY {0} HAVING count(*) > 1) AS {0}s USING ({0})"
        db.execute("COPY (SELECT $${\\"row\\":$$ || r || $$,\\"userId\\":\\"$$ || u || $$\\",\\"rcExtension\\":\\"$$"
          " || e || $$\\",\\"error\\":\\"$$ || CASE"
          " WHEN NOT regexp_full_match(u, $$[0-9a-fA-F]{24}$$) THEN $$id$$ WHEN r > us.m THEN $$id repeated$$"
          " WHEN NOT regexp_full_match(e, $$[0-9]{2,10}$$) THEN $$extension$$"
          " WHEN r > es.m THEN $$extension repeated$$ ELSE $$$$ END || $$\\"}$$"
          " FROM t LEFT JOIN " + first.format("u") + " LEFT JOIN " + first.format("e") + " ORDER BY r)"
          " TO \\"" + sys.argv[2] + "\\" (FORMAT csv, HEADER false, QUOTE $$$$, ESCAPE $$$$, DELIMITER $$" + chr(1) + "$$)")
        ' "$1" "$2"
        """
    ),
    Peer(
      name: "awk",
      requirement: "command -v awk",
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
      requirement: "command -v python3",
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
    ["sh", "-c", "\(requirement) > /dev/null 2>&1 || exit 127\n\(command)", "sh", input, output]
  }
}
