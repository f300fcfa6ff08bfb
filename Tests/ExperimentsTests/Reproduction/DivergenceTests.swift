@testable import Experiments
import Measurements
import Testing
import Tracking

struct DivergenceTests {
  private let recorded = SampleRuns.history(evaluations: 2)

  @Test("equal evaluations are equal, whatever their times and attempts; NaN equals NaN")
  func equal() {
    var repeated = recorded
    repeated.rows[1].values[4] = .number(99)
    repeated.rows[1].attempt = 7
    #expect(Divergence.between(recorded, repeated, at: SampleRuns.point(2)) == nil)
  }

  @Test("a tensor whose digest differs is named, although every value is the same")
  func tensor() {
    var repeated = recorded
    repeated.rows[0].tensorDigests[1] = 3
    let divergence = Divergence.between(recorded, repeated, at: SampleRuns.point(1))
    #expect(
      divergence == Divergence(evaluation: SampleRuns.point(1), tensors: ["a.bias"], series: []))
    #expect(divergence?.description == "step 10 (epoch 1): tensor a.bias")
  }

  @Test("values are compared by their bits")
  func bits() {
    var repeated = recorded
    repeated.rows[1].values[0] = .number(0.5.nextUp)
    repeated.rows[1].values[3] = .counts([1, 2, 3, 5])
    let divergence = Divergence.between(recorded, repeated, at: SampleRuns.point(2))
    #expect(divergence?.series == ["training.loss", "validation.confusion"])
    #expect(divergence?.description == "step 20 (epoch 2): series training.loss and 1 more")
  }

  @Test("values of classes and worst images are compared too, NaN by NaN")
  func details() {
    var before = recorded
    before.series.append(
      SeriesDescription(
        "validation.image.kappa", title: "kappa", about: "", axes: [.ranks(1)]))
    for index in before.rows.indices {
      before.rows[index].values.append(.images([RankedImage(name: "a.png", value: 0)]))
    }
    var repeated = before
    #expect(Divergence.between(before, repeated, at: SampleRuns.point(2)) == nil)
    repeated.rows[1].values[2] = .numbers([0.25, .nan])
    repeated.rows[1].values[5] = .images([RankedImage(name: "b.png", value: 0)])
    #expect(
      Divergence.between(before, repeated, at: SampleRuns.point(2))?.series
        == ["validation.class.iou", "validation.image.kappa"])
  }

  @Test("tensors that only one side has are named")
  func otherTensors() {
    var repeated = recorded
    repeated.tensorNames = ["a.weight", "a.shift"]
    let divergence = Divergence.between(recorded, repeated, at: SampleRuns.point(1))
    #expect(divergence?.tensors == ["a.bias", "a.shift"])
  }

  @Test("a tensor without a digest is named; another order of the same tensors is no difference")
  func values() {
    var repeated = recorded
    repeated.rows[0].tensorDigests.removeLast()
    #expect(Divergence.between(recorded, repeated, at: SampleRuns.point(1))?.tensors == ["a.bias"])
    repeated = recorded
    repeated.tensorNames.reverse()
    repeated.rows[0].tensorDigests.reverse()
    #expect(Divergence.between(recorded, repeated, at: SampleRuns.point(1)) == nil)
  }

  @Test("an evaluation that is missing is a difference")
  func missing() {
    #expect(Divergence.between(recorded, recorded, at: SampleRuns.point(3)) != nil)
  }
}
