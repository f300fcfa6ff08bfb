/// What the runs have in common, and what makes their comparison mislead.
enum FairnessSection {
  static func section(_ source: ReportSource) -> ReportSection {
    guard source.runs.count > 1 else { return ReportSection("fairness", "Is it fair?", .needless) }
    let checks = differing(source) + common(source.runs) + notes(source)
    let rows = checks.map { check -> HTML in
      """
      <tr><th scope="row"><span class="\(check.style)">\(check.word)</span></th><td>\(check.text)</td>\
      <td class="mono">\(check.detail)</td></tr>

      """
    }
    return ReportSection(
      "fairness", "Is it fair to compare these?",
      .shown("<table class=\"card fair\"><tbody>\n\(rows)</tbody></table>\n"))
  }

  private struct Check {
    let word: String
    let style: HTML
    let text: String
    var detail = ""

    static func same(_ text: String, _ detail: String = "") -> Check {
      Check(word: "same", style: "same", text: text, detail: detail)
    }

    static func note(_ text: String, _ detail: String = "") -> Check {
      Check(word: "note", style: "note", text: text, detail: detail)
    }

    static func differs(_ text: String) -> Check {
      Check(word: "not fair", style: "differs", text: text)
    }
  }

  private static func differing(_ source: ReportSource) -> [Check] {
    source.comparison.warnings.map(Check.differs)
  }

  private static func notes(_ source: ReportSource) -> [Check] {
    source.comparison.notes.map { Check.note($0) }
  }

  private static func common(_ runs: [RunRecord]) -> [Check] {
    var checks: [Check] = []
    let attempts = runs.compactMap(\.attempts.last)
    func check(_ text: String, _ values: [String?]) {
      let known = Set(values.compactMap { $0 }).sorted()
      guard let first = known.first else { return }
      if known.count == 1 {
        checks.append(.same(text, String(first.prefix(40))))
      } else {
        let shown = known.prefix(4).joined(separator: ", ")
        checks.append(.note("\(text) differ: \(shown)\(known.count > 4 ? ", …" : "")"))
      }
    }
    let data = ValidationData(runs)
    if !data.areSeveral, let digest = runs.lazy.compactMap(\.validationDigest).first {
      let digests = Set(runs.compactMap(\.validationDigest)).count
      checks.append(
        digests == 1
          ? .same("validation images, masks and their order", "sha256 \(digest.prefix(8))")
          : .same("validation data for equal seeds and folds", "\(digests) parts"))
    }
    check("classes", runs.map { $0.history.map { $0.classNames.joined(separator: ", ") } })
    check("input size", attempts.map { $0.input.map { "\($0.height)×\($0.width)" } })
    check("planned epochs", runs.map { $0.setting("training", "epochs") })
    check("batch size", runs.map { $0.setting("training", "batch_size") })
    check("precision", runs.map { $0.setting("training", "precision") })
    check("build of the program", attempts.map { String($0.build.executable.prefix(8)) })
    check("instruction set", attempts.map(\.machine.instructionSet))
    check("threads", attempts.map { "\($0.threads)" })
    let tests = runs.reduce(0) { $0 + $1.tests.count }
    checks.append(
      tests == 0
        ? Check(
          word: "kept", style: "same", text: "no run has been judged on other data than the validation data",
          detail: "0 tests")
        : .note("runs were judged on other data \(tests) time\(tests == 1 ? "" : "s")", "\(tests) tests"))
    return checks
  }
}
