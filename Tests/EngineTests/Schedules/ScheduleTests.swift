import Engine
import Testing

@Suite("Schedules")
struct ScheduleTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var component: String
    var fields: [String: WrittenValue]
    var base: Double
    var steps: Int
    var at: [Int]
    var rates: [Double]

    var testDescription: String { "\(component) \(fields)" }
  }

  @Test(
    "the rates are those of the formula",
    arguments: try Fixture.decode([Case].self, from: "golden-schedules.json"))
  func golden(_ golden: Case) throws {
    let schedule = try #require(
      Registry.schedules.make(golden.component, golden.fields) as? any Schedule)
    for (step, expected) in zip(golden.at, golden.rates) {
      let rate = schedule.learningRate(base: golden.base, step: step, of: golden.steps)
      #expect(abs(rate - expected) <= 4e-15 * expected, "step \(step)")
    }
  }

  @Test(
    "every schedule begins at the base rate and never goes below 0",
    arguments: Registry.schedules.names)
  func bounds(name: String) throws {
    let schedule = try #require(Registry.schedules.makeDefault(name) as? any Schedule)
    #expect(schedule.learningRate(base: 0.3, step: 0, of: 50) == 0.3)
    for step in 0...60 {
      let rate = schedule.learningRate(base: 0.3, step: step, of: 50)
      #expect(rate >= 0 && rate <= 0.3)
    }
  }
}
