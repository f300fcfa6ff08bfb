@testable import Datasets
@testable import Experiments
import Testing
import Tracking

struct DivergenceTests {
  private let recorded = SampleRuns.history(rounds: 2)

  @Test("equal rounds are equal, whatever their seconds and attempts; NaN equals NaN")
  func equal() {
    var repeated = recorded
    repeated.rows[1].trainingSeconds = 99
    repeated.rows[1].attempt = 7
    #expect(Divergence.between(recorded, repeated, round: 2) == nil)
  }

  @Test("a tensor whose digest differs is named, although every figure is the same")
  func tensor() {
    var repeated = recorded
    repeated.rows[0].tensorDigests[1] = 3
    let divergence = Divergence.between(recorded, repeated, round: 1)
    #expect(divergence == Divergence(round: 1, tensors: ["a.bias"], series: []))
    #expect(divergence?.description == "round 1: tensor a.bias")
  }

  @Test("figures are compared by their bits")
  func figures() {
    var repeated = recorded
    repeated.rows[1].values[0] = recorded.rows[1].values[0].nextUp
    repeated.rows[1].confusion[3] += 1
    let divergence = Divergence.between(recorded, repeated, round: 2)
    #expect(divergence?.series == ["training.loss", "confusion"])
    #expect(divergence?.description == "round 2: figure training.loss and 1 more")
  }

  @Test("figures by class and worst images are compared too, NaN by NaN")
  func details() {
    var before = recorded
    before.classMetricNames = ["kappa"]
    before.worstImagesMetric = "kappa"
    for index in before.rows.indices {
      before.rows[index].classFigures = [[0.5, .nan]]
      before.rows[index].worstImages = [.init(name: "a.png", value: 0)]
    }
    var repeated = before
    #expect(Divergence.between(before, repeated, round: 2) == nil)
    repeated.rows[1].classFigures[0][0] = 0.25
    repeated.rows[1].worstImages[0].name = "b.png"
    #expect(
      Divergence.between(before, repeated, round: 2)?.series
        == ["kappa by class", "worst images"])
  }

  @Test("tensors that only one side has are named")
  func otherTensors() {
    var repeated = recorded
    repeated.tensorNames = ["a.weight", "a.shift"]
    let divergence = Divergence.between(recorded, repeated, round: 1)
    #expect(divergence?.tensors == ["a.bias", "a.shift"])
  }

  @Test("a tensor without a digest is named; another order of the same tensors is no difference")
  func values() {
    var repeated = recorded
    repeated.rows[0].tensorDigests.removeLast()
    #expect(Divergence.between(recorded, repeated, round: 1)?.tensors == ["a.bias"])
    repeated = recorded
    repeated.tensorNames.reverse()
    repeated.rows[0].tensorDigests.reverse()
    #expect(Divergence.between(recorded, repeated, round: 1) == nil)
  }

  @Test("a round that is missing is a difference")
  func missing() {
    #expect(Divergence.between(recorded, recorded, round: 3) != nil)
  }
}
