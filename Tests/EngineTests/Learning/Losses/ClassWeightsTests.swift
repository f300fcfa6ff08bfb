@testable import Groundwork
@testable import Learning
import Testing

@Suite("Class weights")
struct ClassWeightsTests {
  let statistics = ClassStatistics(
    pixels: [600, 300, 90, 10], pixelsOfImagesWithClass: [1000, 1000, 500, 250])

  func expectClose(_ values: [Double], _ references: [Double]) {
    #expect(values.count == references.count)
    for (value, reference) in zip(values, references) {
      #expect(abs(value - reference) < 1e-8 * abs(reference) + 1e-12)
    }
  }

  @Test("median frequency is the median share over the class's own")
  func medianFrequency() throws {
    expectClose(
      try ClassWeights.medianFrequency.values(for: statistics, classes: 4),
      [0.4, 0.8, 4.0 / 3, 6])
  }

  @Test("classes that do not occur weigh 0 and leave the median alone")
  func absentClass() throws {
    let statistics = ClassStatistics(
      pixels: [600, 0, 300, 90], pixelsOfImagesWithClass: [1000, 0, 1000, 500])
    expectClose(
      try ClassWeights.medianFrequency.values(for: statistics, classes: 4),
      [0.5, 0, 1, 0.3 / 0.18])
  }

  @Test("ENet's weights grow as the share falls")
  func enet() throws {
    expectClose(
      try ClassWeights.enet.values(for: statistics, classes: 4),
      [2.07285613, 3.60189369, 9.582214, 33.8308701])
  }

  @Test(
    "inverse weights give every class the same share; one that does not occur weighs as the rarest")
  func inverse() throws {
    expectClose(
      try ClassWeights.inverse.values(for: statistics, classes: 4),
      [1000.0 / 2400, 1000.0 / 1200, 1000.0 / 360, 25])
    let absent = ClassStatistics(
      pixels: [600, 0, 300, 100], pixelsOfImagesWithClass: [1000, 0, 1000, 500])
    expectClose(
      try ClassWeights.inverse.values(for: absent, classes: 4),
      [1000.0 / 2400, 2.5, 1000.0 / 1200, 2.5])
  }

  @Test("a list is taken as it is, nothing written as ones")
  func given() throws {
    #expect(
      try ClassWeights.list([1, 0, 2, 3]).values(for: statistics, classes: 4) == [1, 0, 2, 3])
    #expect(try ClassWeights.none.values(for: statistics, classes: 4) == [1, 1, 1, 1])
  }

  @Test("weights by name go to their classes, and the others weigh 1")
  func named() throws {
    var statistics = statistics
    statistics.names = ["sky", "road", "crack", "pole"]
    let weights = ClassWeights(.byName(["crack": 20, "sky": 0]))
    #expect(try weights.values(for: statistics, classes: 4) == [0, 1, 20, 1])
    let error = #expect(throws: ComponentError.self) {
      try ClassWeights.named(["crak": 20]).values(for: statistics, classes: 4)
    }
    #expect(error?.message == "there is no class 'crak'")
  }

  @Test("a list of another length, of zeros, or a rule without labels is refused")
  func refused() throws {
    #expect(throws: ComponentError.self) {
      try ClassWeights.list([1, 2]).values(for: statistics, classes: 4)
    }
    #expect(throws: ComponentError.self) {
      try ClassWeights.list([0, 0]).values(for: statistics, classes: 2)
    }
    let nothing = ClassStatistics(pixels: [0, 0], pixelsOfImagesWithClass: [0, 0])
    for rule in [ClassWeights.enet, .medianFrequency, .inverse] {
      #expect(throws: ComponentError.self) { try rule.values(for: nothing, classes: 2) }
    }
  }
}
