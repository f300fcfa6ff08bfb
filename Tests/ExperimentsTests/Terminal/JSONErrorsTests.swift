@testable import Datasets
@testable import Experiments
import Foundation
import Testing
@testable import Tracking

struct JSONErrorsTests {
  private func entries(_ error: any Error) throws -> [[String: Any]] {
    let data = Data(try JSONOutput.text(JSONErrors(error)).utf8)
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return try #require(object?["errors"] as? [[String: Any]])
  }

  @Test("an error of the spec has file, line, column, message and remedy")
  func spec() throws {
    let thrown = #expect(throws: SpecErrors.self) {
      try SampleSpecs.plan(SampleSpecs.minimal("losses: dise"))
    }
    let error = try #require(thrown)
    let entry = try #require(try entries(error).first)
    #expect(entry["code"] as? String == "E0203")
    #expect(entry["file"] as? String == "unet.yaml")
    #expect(entry["line"] as? Int == 4 && entry["column"] as? Int == 9)
    #expect(entry["message"] as? String == "unknown loss 'dise'")
    #expect(entry["remedy"] as? String == "did you mean 'dice'?")
  }

  @Test("an error of the data has its list and line, and nothing that could steer a terminal")
  func data() throws {
    let error = DataError(DataProblem(file: "train.txt", line: 5, "image \u{1B}[31m is gone"))
    let entry = try #require(try entries(error).first)
    #expect(entry["file"] as? String == "train.txt" && entry["line"] as? Int == 5)
    #expect(try !JSONOutput.text(JSONErrors(error)).contains("\u{1B}"))
  }

  @Test("other errors are a message")
  func others() throws {
    let failure = try entries(Failure(.usage, "error: it is several"))
    #expect(failure.first?["message"] as? String == "it is several")
    let selector = try entries(SelectorError.nothingBegun)
    #expect((selector.first?["message"] as? String)?.hasPrefix("no run has begun") == true)
  }

  @Test("JSON is wanted where the command line says so")
  func wanted() {
    #expect(JSONErrors.areWanted(["e", "check", "a.yaml", "--json"]))
    #expect(JSONErrors.areWanted(["e", "compare", "a", "--format", "json"]))
    #expect(JSONErrors.areWanted(["e", "compare", "a", "--format=json"]))
    #expect(!JSONErrors.areWanted(["e", "compare", "a", "--format", "csv"]))
  }
}
