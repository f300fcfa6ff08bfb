/// A table in LaTeX, with the rules of booktabs.
///
/// Numbers are plain text with `$\pm$`, so that it compiles with booktabs alone; with siunitx value and
/// error have `S` columns of their own, whose points line up.
package struct LatexTable: TableFormat {
  package let name = "latex"
  package let about = "LaTeX with booktabs, for a paper."

  package var usesSIUnitx: Bool

  package init(usesSIUnitx: Bool = false) { self.usesSIUnitx = usesSIUnitx }

  package func text(of table: Comparison) -> String {
    let columns = table.columns.indices.filter { place in
      let column = table.columns[place]
      return column.kind != .flag && !(column.kind == .identity && column.name != "experiment")
    }
    let packages = usesSIUnitx ? "booktabs and siunitx" : "booktabs"
    var lines = ["% needs the package\(usesSIUnitx ? "s" : "") \(packages)"]
    if let stamp = table.stamp { lines.append("% \(stamp.text.printable)") }
    lines += ["\\begin{table}", "  \\centering", "  \\caption{\(caption(table))}"]
    lines.append("  \\begin{tabular}{\(columns.map { specification(table, $0) }.joined())}")
    lines.append("    \\toprule")
    lines += groups(table, columns)
    let heads = columns.map { place -> String in
      let head = Self.escaped(table.columns[place].header)
      guard isSplit(table, place) else {
        return isNumeric(table, place) ? "{\(head)}" : head
      }
      return "\\multicolumn{2}{c}{\(head)}"
    }
    lines += ["    " + heads.joined(separator: " & ") + " \\\\", "    \\midrule"]
    for row in table.rows {
      let cells = columns.map { cell(table, row, $0) }
      lines.append("    " + cells.joined(separator: " & ") + " \\\\")
    }
    lines += ["    \\bottomrule", "  \\end{tabular}", "\\end{table}"]
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - Head

  private func specification(_ table: Comparison, _ place: Int) -> String {
    guard usesSIUnitx, isNumeric(table, place) else {
      return table.columns[place].alignment == .left ? "l" : "r"
    }
    let texts = table.rows.map { parts($0.cells[place].text) }
    let value = Self.format(texts.map(\.value))
    guard isSplit(table, place) else { return "S[table-format=\(value)]" }
    let error = Self.format(texts.compactMap(\.error))
    return "S[table-format=\(value)]@{\\,$\\pm$\\,}S[table-format=\(error)]"
  }

  /// `1.3`: digits before and behind the point.
  private static func format(_ numbers: [String]) -> String {
    var (whole, decimals, isNegative) = (1, 0, false)
    for number in numbers {
      let parts = number.replacing("−", with: "-").split(separator: ".")
      guard let first = parts.first, Double(number.replacing("−", with: "-")) != nil else {
        continue
      }
      isNegative = isNegative || first.hasPrefix("-")
      whole = max(whole, first.count { $0.isNumber })
      decimals = max(decimals, parts.count > 1 ? parts[1].count : 0)
    }
    return "\(isNegative ? "-" : "")\(whole).\(decimals)"
  }

  /// The line with the names of the groups, where there is more than one.
  private func groups(_ table: Comparison, _ columns: [Int]) -> [String] {
    var groups: [(name: String, width: Int)] = []
    for place in columns {
      let width = isSplit(table, place) ? 2 : 1
      let name: String =
        switch table.columns[place].kind {
        case .hyperparameter, .identity: "settings"
        case .objective, .metric: "measured"
        case .test: "against the baseline"
        case .progress, .fact, .flag: "course"
        }
      if groups.last?.name == name {
        groups[groups.count - 1].width += width
      } else {
        groups.append((name, width))
      }
    }
    guard groups.count > 1 else { return [] }
    var (start, rules) = (1, [String]())
    for group in groups {
      rules.append("\\cmidrule(lr){\(start)-\(start + group.width - 1)}")
      start += group.width
    }
    let names = groups.map { "\\multicolumn{\($0.width)}{c}{\($0.name)}" }
    return [
      "    " + names.joined(separator: " & ") + " \\\\", "    " + rules.joined(separator: " "),
    ]
  }

  private func caption(_ table: Comparison) -> String {
    var parts = [table.title]
    let counts = Set(table.rows.map(\.measured.count)).sorted()
    if table.columns.contains(where: \.isOverSeeds) {
      let n =
        counts.count == 1
        ? "n = \(counts[0])" : "n from \(counts.first ?? 0) to \(counts.last ?? 0)"
      let what =
        switch table.spread {
        case .deviation: "mean ± sample standard deviation over \(table.replicates)"
        case .t: "mean and Student's 95 % interval over \(table.replicates)"
        case .bca: "mean and bootstrap 95 % interval over \(table.replicates)"
        }
      parts.append("\(what), \(n)")
      let seeds = Set(table.rows.flatMap { ($0.objective?.entries ?? []).map(\.seed) }).sorted()
      if seeds.count <= 10, !seeds.isEmpty {
        parts.append("seeds \(seeds.map { "\($0)" }.joined(separator: ", "))")
      }
    }
    if table.baseline != nil {
      parts.append("bold: the best row, and those that are not told apart from it")
    } else if table.rows.contains(where: \.isBest) {
      parts.append("bold: the best row")
    }
    return (table.warnings + [parts.joined(separator: "; ")]).map(Self.escaped).joined(
      separator: ". ")
      + "."
  }

  // MARK: - Cells

  private func cell(_ table: Comparison, _ row: Comparison.Row, _ place: Int) -> String {
    let (column, cell) = (table.columns[place], row.cells[place])
    let isBold =
      column.kind == .objective
      && (row.isBest
        || (table.baseline?.isChosen == false && row.test?.verdict == .notToldApart))
    guard isSplit(table, place) else {
      let text = Self.escaped(cell.text)
      let isPlain = !usesSIUnitx || !isNumeric(table, place)
      return isBold ? "\\textbf{\(text)}" : isPlain || cell.isNumeric ? text : "{\(text)}"
    }
    let parts = parts(cell.text)
    guard let error = parts.error else {
      return cell.isMissing
        ? "\\multicolumn{2}{c}{\(Self.escaped(cell.text))}" : "\(parts.value) & {}"
    }
    return isBold ? "\\bfseries \(parts.value) & \\bfseries \(error)" : "\(parts.value) & \(error)"
  }

  private func isNumeric(_ table: Comparison, _ place: Int) -> Bool {
    usesSIUnitx && [.objective, .metric].contains(table.columns[place].kind)
      && table.columns[place].alignment == .right
  }

  /// True where value and error have columns of their own.
  private func isSplit(_ table: Comparison, _ place: Int) -> Bool {
    isNumeric(table, place) && table.rows.contains { parts($0.cells[place].text).error != nil }
  }

  private func parts(_ text: String) -> (value: String, error: String?) {
    guard let sign = text.range(of: " ± ") else { return (text, nil) }
    return (String(text[..<sign.lowerBound]), String(text[sign.upperBound...]))
  }

  private static func escaped(_ text: String) -> String {
    text.printable.reduce(into: "") { escaped, character in
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": escaped += "\\\(character)"
      case "~": escaped += "\\textasciitilde{}"
      case "^": escaped += "\\textasciicircum{}"
      case "\\": escaped += "\\textbackslash{}"
      case "±": escaped += "$\\pm$"
      case "−": escaped += "$-$"
      case "≈": escaped += "$\\approx$"
      case "×": escaped += "$\\times$"
      case "—": escaped += "---"
      case "–": escaped += "--"
      case "…": escaped += "\\dots{}"
      case "·": escaped += "$\\cdot$"
      case "↗": escaped += "$\\nearrow$"
      case "<", ">": escaped += "$\(character)$"
      default: escaped.append(character)
      }
    }
  }
}

extension TableFormat where Self == LatexTable {
  package static var latex: LatexTable { LatexTable() }
}
