import Foundation
import Testing

@testable import Digest
@testable import Tracking

@Suite("Pages of reports")
struct ReportPageTests {
  @Test("sections come in their order, each with a heading and an entry in the navigation")
  func order() throws {
    let page = try SampleReports.page(SampleReports.sweep())
    var rest = page[...]
    for id in [
      "answer", "points", "learning", "hyperparameters", "classes", "health", "fairness", "origin",
    ] {
      let section = try #require(rest.range(of: "<section id=\"\(id)\""), "\(id)")
      #expect(page.contains("<a href=\"#\(id)\">"), "\(id)")
      #expect(page.contains("<h2 id=\"\(id)-title\""), "\(id)")
      rest = rest[section.upperBound...]
    }
    #expect(page.contains("Images: left out, because no predictions are recorded"))
    #expect(page.components(separatedBy: "<h1>").count == 2)
  }

  @Test("equal records give equal bytes, in whatever order they come")
  func deterministic() throws {
    let runs = SampleReports.sweep()
    #expect(try SampleReports.page(runs) == SampleReports.page(runs))
    #expect(try SampleReports.page(runs) == SampleReports.page(runs.reversed()))
  }

  @Test("the policy names the one script and the one style sheet, and nothing is loaded")
  func policy() throws {
    let page = try SampleReports.page(SampleReports.sweep())
    for (tag, directive) in [("style", "style-src"), ("script", "script-src")] {
      let start = try #require(page.range(of: "<\(tag)>"))
      let end = try #require(page.range(of: "</\(tag)>", range: start.upperBound..<page.endIndex))
      let digest = SHA256.base64(of: String(page[start.upperBound..<end.lowerBound]))
      #expect(page.contains("\(directive) 'sha256-\(digest)'"))
      #expect(page.components(separatedBy: "<\(tag)>").count == 2)
    }
    #expect(page.contains("default-src 'none'"))
    #expect(
      !page.contains("unsafe-inline") && !page.contains(" style=\"") && !page.contains(" onclick"))
    let shown = page.replacing("http://www.w3.org/2000/svg", with: "")
    #expect(!shown.contains("http://") && !shown.contains("https://"))
    #expect(!page.contains("<link") && !page.contains(" src=\"http"))
  }

  @Test("names from records cannot become markup, wherever they stand")
  func hostile() throws {
    let name = "\"><img src=x onerror=alert(1)></script><svg onload=alert(2)>'"
    let runs = (1...3).map { number in
      SampleReports.run(
        number, of: name, [("losses", name + "\(number)")], seed: 1, point: number,
        values: [0.1, 0.2 + 0.01 * Double(number)], classNames: [name, "b"],
        status: number == 3 ? .failed(cause: name) : .finished)
    }
    let source = try SampleReports.source(
      runs, predictions: SampleReports.predictions(named: name, classes: [name]), warnings: [name])
    let page = ReportPage(Report(source), .file).text
    #expect(!page.contains("<img src=x") && !page.contains("<svg onload"))
    #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"))
    // What ends a script is the page's own: its data, and its script.
    #expect(page.components(separatedBy: "</script").count == 3)
    #expect(ReportStamp(page: Data(page.utf8)) == source.stamp)
  }

  @Test("a single run has no table to sort and no hyperparameters, and says what it is")
  func single() throws {
    let page = try SampleReports.page([SampleReports.sweep()[0]])
    for id in ["points", "hyperparameters", "fairness"] {
      #expect(!page.contains("<section id=\"\(id)\""))
    }
    #expect(page.contains("One row, nothing to compare"))
  }

  @Test("runs without an evaluation make a page, too")
  func empty() throws {
    let page = try SampleReports.page([
      SampleRuns.run(1, [("solver.base_lr", "0.1")], status: .running),
      SampleRuns.run(2, [("solver.base_lr", "0.2")], status: .failed(cause: "killed by signal 9")),
    ])
    #expect(page.contains("Answer: left out, because no run has a value of"))
    #expect(page.contains("killed by signal 9"))
  }

  @Test("the page of a server has the same sections, and style sheet and script from the server")
  func live() throws {
    let runs = SampleReports.sweep()
    let (file, live) = try (SampleReports.page(runs), SampleReports.page(runs, .live))
    #expect(live.contains("<body data-live>") && live.contains("id=\"live\""))
    #expect(live.contains("<link rel=\"stylesheet\" href=\"/report.css\">"))
    #expect(!live.contains("<style>") && !live.contains("<script>"))
    for section in file.matches(of: /data-part="[a-z]+" data-digest="[0-9a-f]+"/) {
      #expect(live.contains(section.output))
    }
  }

  @Test("a part's digest changes with its content and nothing else")
  func parts() throws {
    var runs = SampleReports.sweep()
    func digests(_ page: String) -> [String: String] {
      Dictionary(
        page.matches(of: /data-part="([a-z]+)" data-digest="([0-9a-f]+)"/).map {
          (String($0.1), String($0.2))
        }, uniquingKeysWith: { $1 })
    }
    let before = digests(try SampleReports.page(runs))
    runs[0] = SampleReports.run(
      1, [("losses", "cross_entropy"), ("solver.base_lr", "1e-2")], seed: 0, point: 0,
      values: SampleReports.course(12, to: 0.7, seed: 1))
    let after = digests(try SampleReports.page(runs))
    #expect(before["navigation"] == after["navigation"])
    for part in ["answer", "points", "learning"] { #expect(before[part] != after[part], "\(part)") }
  }

  @Test("a sweep of 27 runs stays far below a megabyte without its images")
  func size() throws {
    let page = try SampleReports.page(SampleReports.sweep(epochs: 60))
    #expect(page.utf8.count < 600_000)
  }
}
