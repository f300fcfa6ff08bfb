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
      "fairness", "Is it fair to compare these?", short: "Is it fair?",
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

  /// What is the same in all runs, a line for what belongs together. What differs is a note of the
  /// comparison.
  private static func common(_ runs: [RunRecord]) -> [Check] {
    let attempts = runs.compactMap(\.attempts.last)
    var checks = data(runs)
    func add(_ facts: [(what: String, values: [String?])]) {
      let same = facts.compactMap { fact -> (what: String, value: String)? in
        let known = Set(fact.values.compactMap { $0 })
        return known.count == 1 ? known.first.map { (fact.what, $0) } : nil
      }
      guard !same.isEmpty else { return }
      checks.append(
        .same(
          same.map(\.what).joined(separator: ", "), same.map(\.value).joined(separator: ", ")))
    }
    add([
      ("input size", attempts.map { $0.input.map { "\($0.height)×\($0.width)" } }),
      ("planned epochs", runs.map { $0.setting("training", "epochs") }),
      ("batch size", runs.map { $0.setting("training", "batch_size") }),
      ("precision", runs.map { $0.setting("training", "precision") }),
    ])
    add([
      ("program", attempts.map { "build \($0.build.executable.prefix(8))" }),
      ("instruction set", attempts.map(\.machine.instructionSet)),
      ("threads", attempts.map { "\($0.threads)" }),
    ])
    return checks + [tests(runs)]
  }

  private static func data(_ runs: [RunRecord]) -> [Check] {
    let data = ValidationData(runs.map(ComparedRun.init))
    guard !data.areSeveral, let digest = runs.lazy.compactMap(\.validationDigest).first else {
      return []
    }
    let digests = Set(runs.compactMap(\.validationDigest)).count
    let classes = runs.lazy.compactMap { $0.history?.classNames.count }.first ?? 0
    return [
      digests == 1
        ? .same(
          "validation images, masks and their order, classes",
          "sha256 \(digest.prefix(8)), \(classes) classes")
        : .same(
          "validation data for equal seeds and folds, classes",
          "\(digests) parts, \(classes) classes")
    ]
  }

  private static func tests(_ runs: [RunRecord]) -> Check {
    let count = runs.reduce(0) { $0 + $1.tests.count }
    return count == 0
      ? Check(
        word: "kept", style: "same",
        text: "no run has been judged on other data than the validation data", detail: "0 tests")
      : .note(
        "runs were judged on other data \(count) time\(count == 1 ? "" : "s")", "\(count) tests")
  }
}
