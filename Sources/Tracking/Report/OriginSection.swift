/// Where everything on the page comes from, and how to check and make it again.
enum OriginSection {
  static func section(_ source: ReportSource) -> ReportSection {
    ReportSection(
      "origin", "How this page was made", short: "How it was made", .shown(content(source)))
  }

  private static func content(_ source: ReportSource) -> HTML {
    let evaluations = source.runs.reduce(0) { $0 + ($1.history?.rows.count ?? 0) }
    let builds = Set(source.runs.flatMap(\.attempts).map(\.build)).sorted {
      $0.executable < $1.executable
    }
    var facts: [(String, HTML)] = [
      ("Query", code(query(source.stamp))),
      (
        "Records",
        "<span class=\"mono\">\(source.stamp.store.hash)</span> · \(source.runs.count) runs, \(evaluations) evaluations"
      ),
      ("Made by", code(source.stamp.program)),
      (
        "Trained by",
        builds.map { build -> HTML in
          "<span class=\"mono\">\(build.version), build \(String(build.executable.prefix(8)))</span>"
        }.joined(", ")
      ),
      ("Still true?", command(source.commands.check)),
      ("Make it again", command(source.commands.make)),
    ]
    let best = source.comparison.rows.first(where: \.isBest)?.measured.first?.shownName
    if let name = best ?? source.runs.first?.name {
      facts.append(
        ("Train again", command("experiments reproduce \(name)\(source.commands.results)")))
    }
    let list = facts.map { name, value -> HTML in "<dt>\(name)</dt><dd>\(value)</dd>\n" }
    return """
      <dl class="made">
      \(list)</dl>
      <p class="small">The page is one file: it loads nothing and sends nothing. Equal records give equal \
      bytes. Values are those of each run’s best evaluation, chosen on the validation data that they are \
      measured on; ± is the sample standard deviation over seeds (n − 1), and intervals are Student’s.</p>

      """
  }

  private static func query(_ stamp: ReportStamp) -> String {
    let words = stamp.query.isEmpty ? "every run" : stamp.query.joined(separator: " ")
    return words + (stamp.condition.map { " where \($0)" } ?? "")
  }

  private static func code(_ text: String) -> HTML { "<span class=\"mono\">\(text)</span>" }

  private static func command(_ text: String) -> HTML {
    "<div class=\"command\"><b>$</b>\(text)</div>"
  }
}
