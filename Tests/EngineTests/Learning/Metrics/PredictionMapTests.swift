@testable import Groundwork
@testable import Tasks
import Testing

@Suite("Prediction map")
struct PredictionMapTests {
  func predict(
    _ bench: LossBench, block: Int, threads: Int = 1,
    _ task: any SegmentationTask = SemanticTask()
  )
    -> [Label]
  {
    let layout = TensorLayout(bench.shape, block: block)
    var stored = [Float](repeating: .infinity, count: layout.elements)
    for (value, place) in zip(bench.logits, layout.places) { stored[place] = value }
    let map = task.predictions(
      logits: layout, truth: task.truth(classes: bench.shape.channels), threads: threads)
    map.update(stored)
    return Array(map.classes)
  }

  /// The class of the highest logit of each pixel, the first of equals.
  func naive(_ bench: LossBench) -> [Label] {
    let shape = bench.shape
    return (0..<shape.batch * shape.area).map { place in
      let (n, pixel) = place.quotientAndRemainder(dividingBy: shape.area)
      let logits = (0..<shape.channels).map {
        bench.logits[(n * shape.channels + $0) * shape.area + pixel]
      }
      return Label(logits.firstIndex(of: logits.max()!)!)
    }
  }

  @Test("the highest logit wins in every layout", arguments: [2, 3, 21, 300])
  func highest(classes: Int) {
    let bench = LossBench(Shape(2, classes, 5, 7))
    let expected = naive(bench)
    #expect(Set(expected).count > 1)
    for block in [1, 8, 16, classes] { #expect(predict(bench, block: block) == expected) }
  }

  @Test("of several labels those are 1 whose logits are above 0", arguments: [2, 3, 20])
  func planes(classes: Int) {
    var bench = LossBench(Shape(3, classes, 70, 65))
    bench.logits[0] = 0
    bench.logits[1] = .nan
    let expected = bench.logits.map { $0 > 0 ? Label(1) : 0 }
    for (block, threads) in [(1, 1), (8, 3), (16, 2)] {
      #expect(predict(bench, block: block, threads: threads, MultilabelTask()) == expected)
    }
  }

  @Test("of equals the lowest class wins")
  func ties() {
    let bench = LossBench(
      Shape(1, 3, 1, 4), logits: [0, 1, 0, 5, 0, 1, 2, 5, 0, 0, 2, 5], labels: [0, 0, 0, 0])
    #expect(predict(bench, block: 1) == [0, 0, 1, 0])
  }

  @Test("threads do not matter")
  func threads() {
    let bench = LossBench(Shape(3, 4, 70, 65))
    #expect(predict(bench, block: 8, threads: 3) == predict(bench, block: 8))
    #expect(predict(bench, block: 8) == naive(bench))
  }
}
