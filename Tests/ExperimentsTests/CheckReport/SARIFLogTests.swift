@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
@testable import Tracking

@Suite("Findings as SARIF")
struct SARIFLogTests {
  private func run(_ log: SARIFLog) throws -> [String: Any] {
    let bytes = Data(try JSONOutput.text(log).utf8)
    let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(document["version"] as? String == "2.1.0")
    let runs = try #require(document["runs"] as? [[String: Any]])
    #expect(runs.count == 1)
    return runs[0]
  }

  private func errors(_ text: String, overrides: [String] = []) throws -> SARIFLog {
    do throws(SpecErrors) {
      _ = try SampleSpecs.plan(text, overrides: overrides)
    } catch {
      return try #require(SARIFLog(error))
    }
    throw Failure(.failed, "the spec is right")
  }

  private func results(_ log: SARIFLog) throws -> [[String: Any]] {
    try #require(run(log)["results"] as? [[String: Any]])
  }

  @Test("every code is a rule, with its level and its help")
  func rules() throws {
    let tool = try #require(run(SARIFLog([], status: .done))["tool"] as? [String: Any])
    let driver = try #require(tool["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.compactMap { $0["id"] as? String } == DiagnosticCode.allCases.map(\.rawValue))
    for rule in rules {
      let id = try #require(rule["id"] as? String)
      let level = (rule["defaultConfiguration"] as? [String: Any])?["level"] as? String
      #expect(level == (id.hasPrefix("W") ? "warning" : "error"))
      #expect((rule["help"] as? [String: Any])?["markdown"] is String)
    }
  }

  @Test("a finding has its rule, its level, its text and the region that carets would mark")
  func region() throws {
    let log = try errors(SampleSpecs.minimal("solver: {type: SGD, base_lr: 0.01, momentun: 0.9}"))
    let result = try #require(results(log).first)
    #expect(result["ruleId"] as? String == "E0101")
    #expect(result["ruleIndex"] as? Int == DiagnosticCode.allCases.firstIndex(of: .unknownKey))
    #expect(result["level"] as? String == "error")
    #expect(
      (result["message"] as? [String: Any])?["text"] as? String
        == "unknown key 'momentun' in solver (type: SGD) (did you mean 'momentum'?)")
    let locations = try #require(result["locations"] as? [[String: Any]])
    let place = try #require(locations.first?["physicalLocation"] as? [String: Any])
    #expect((place["artifactLocation"] as? [String: Any])?["uri"] as? String == "unet.yaml")
    #expect(
      place["region"] as? [String: Int] == ["startLine": 5, "startColumn": 36, "endColumn": 44])
  }

  @Test("what reaches to the end of its line ends there, and what is of a whole file has no region")
  func edges() throws {
    let long = try results(errors("experiment: a\n\tseed: 1\n"))
    let location = (long[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"]
    let region = (location as? [String: Any])?["region"] as? [String: Int]
    #expect(region == ["startLine": 2, "startColumn": 1, "endColumn": 2])
    let whole = try results(
      errors(SampleSpecs.minimal().replacing("experiment: shapes", with: "about: shapes")))
    let place = (whole[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"]
    #expect((place as? [String: Any])?["region"] == nil)
  }

  @Test("what is set on the command line is named in the text, as it stands in no file")
  func override() throws {
    let result = try #require(
      results(errors(SampleSpecs.minimal, overrides: ["solver.base_lr=-1"])).first)
    #expect((result["locations"] as? [Any])?.isEmpty == true)
    let text = (result["message"] as? [String: Any])?["text"] as? String
    #expect(text?.hasPrefix("--set solver.base_lr=-1: solver.base_lr must be above 0") == true)
  }

  @Test("files with blanks and absolute paths become URIs")
  func uris() throws {
    let problems = DataError([
      DataProblem(file: "my lists/a.txt", line: 3, "x"), DataProblem(file: "/data/b.txt", "y"),
    ])
    let log = try #require(SARIFLog(problems))
    let uris = try results(log).map { result -> String? in
      let place = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"]
      let artifact = (place as? [String: Any])?["artifactLocation"] as? [String: Any]
      return artifact?["uri"] as? String
    }
    #expect(uris == ["my%20lists/a.txt", "file:///data/b.txt"])
  }

  @Test("an error that is about no spec and no data is none of it")
  func others() {
    #expect(SARIFLog(Failure(.usage, "error: x")) == nil)
    #expect(SARIFLog(Failure(.badInput, "x", code: .excessiveMemory)) != nil)
  }
}
