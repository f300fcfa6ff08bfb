@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

struct PlanWarningsTests {
  private func lines(_ warnings: PlanWarnings) -> [String] {
    var text = ""
    warnings.say(
      on: Screen(isTerminal: false, style: Style(isOn: false), columns: { 80 }) { text += $0 })
    return text.split(separator: "\n").map(String.init)
  }

  private func warnings(_ text: String, overrides: [String] = []) throws -> PlanWarnings {
    let plan = try SampleSpecs.plan(text, overrides: overrides)
    let data = DataInspection(
      trainingSamples: 8, validationSamples: 2, size: Size(height: 96, width: 96), channels: 3)
    let inspected = InspectedPlan(plan: plan, inspections: plan.trials.map { _ in data })
    return Preflight(inspected: inspected, results: "results").warnings()
  }

  private let slow = SampleSpecs.minimal(
    "solver: {type: SGD, base_lr: 0.01, schedule: {warmup: 60, poly: {power: 1}}}")

  @Test("a warning stands at its place, like an error")
  func place() throws {
    let lines = try lines(warnings(slow))
    #expect(
      lines[0].hasPrefix(
        "unet.yaml:5:55: warning[W0401]: the warm-up lasts 60 iterations, the training 6 iterations: "
      ))
    #expect(lines[2].hasSuffix("^^ make the warm-up shorter or the training longer"))
    #expect(lines.count == 3)
  }

  @Test("what is true of several trials is said once, with the first one's numbers")
  func once() throws {
    let swept = slow + "\nsweep: {parameters: {solver.base_lr: [0.1, 0.2]}, seeds: 2}"
    let warnings = try warnings(swept)
    #expect(warnings.warnings.map(\.trials) == [4])
    #expect(lines(warnings)[0].contains("a base_lr of 0.1 is never reached"))
  }

  @Test("a swept value is pointed at where the sweep says it")
  func swept() throws {
    let swept =
      SampleSpecs.minimal() + "\nsweep: {parameters: {solver.schedule.warmup: [3, 60, 90]}}"
    let warnings = try warnings(swept)
    #expect(warnings.warnings.map(\.firstTrial) == [2, 3])
    #expect(
      warnings.inOrder.map(\.diagnostic.mark.place) == ["unet.yaml:7:50", "unet.yaml:7:54"])
  }

  @Test("an option is pointed at as it was written")
  func option() throws {
    let warnings = try warnings(
      SampleSpecs.minimal(), overrides: ["losses.dice.weight={step: {from: 0, to: 1, at: 60}}"])
    #expect(warnings.inOrder.first?.diagnostic.mark.place.hasPrefix("--set losses") == true)
  }

  @Test("machines are told place, message, remedy and how many trials")
  func json() throws {
    let text = try JSONOutput.text(warnings(slow))
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(entries.count == 1)
    #expect(entries[0]["place"] as? String == "unet.yaml:5:55")
    #expect(entries[0]["trials"] as? Int == 1)
    #expect(entries[0]["remedy"] as? String == "make the warm-up shorter or the training longer")
  }
}
