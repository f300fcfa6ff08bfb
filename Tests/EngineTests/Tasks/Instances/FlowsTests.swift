import CKernels
@testable import Datasets
@testable import Groundwork
@testable import Learning
@testable import Tasks
import Testing

@Suite("Objects cut by flows to their centres")
struct FlowsTests {
  private let objects = DrawnObjects.touching

  @Test("flows are those of their definition")
  func golden() throws {
    let golden = try GoldenObjects.load()
    var drawn = DrawnObjects(golden.size, [])
    drawn.ids = golden.ids
    for (flow, expected) in zip(drawn.flowLogits()[golden.size.area...], golden.flows) {
      #expect(abs(flow / 5 - expected) < 2e-5)
    }
  }

  @Test("objects that touch come back from their flows, by any number of threads")
  func roundTrip() {
    let logits = objects.flowLogits()
    let planes = FlowsDecoder().planes(of: logits, objects.size)
    let agreement = objects.agreement(with: planes)
    #expect(agreement.count == 7 && agreement.allSatisfy { $0 >= 0.95 }, "\(agreement)")
    #expect(Set(planes[objects.size.area..<2 * objects.size.area]) == Set(0...7))
    #expect(FlowsDecoder().planes(of: logits, objects.size, threads: 3) == planes)
  }

  @Test("an object whose flows are not those of its shape is left out where that is asked")
  func unshapely() {
    // Half of each flow is turned around in the first object.
    var logits = objects.flowLogits()
    let area = objects.size.area
    for pixel in 0..<area where objects.ids[pixel] == 40 && pixel % 90 < 14 {
      logits[2 * area + pixel] *= 0.1
      logits[area + pixel] *= -0.2
    }
    let strict = objects.agreement(
      with: FlowsDecoder(error: 0.1).planes(of: logits, objects.size))
    #expect(strict[0] == 0 && strict.dropFirst().allSatisfy { $0 >= 0.95 }, "\(strict)")
    let lenient = objects.agreement(with: FlowsDecoder(error: 0).planes(of: logits, objects.size))
    #expect(lenient[0] > 0.3, "\(lenient)")
  }

  @Test("thresholds of probability and area hold, and what is not a number is no object")
  func nothing() {
    let size = objects.size
    var logits = objects.flowLogits()
    for pixel in 0..<size.area where objects.ids[pixel] == 40 { logits[pixel] = 1 }
    let sure = objects.agreement(with: FlowsDecoder(threshold: 0.9).planes(of: logits, size))
    #expect(sure[0] == 0 && sure[1] > 0.9)
    let large = FlowsDecoder().planes(of: objects.flowLogits(), size, minimumArea: 320)
    #expect(Set(large[size.area..<2 * size.area]).count < 7)
    let bad = [Float](repeating: .nan, count: 3 * size.area)
    #expect(FlowsDecoder().planes(of: bad, size).allSatisfy { $0 == 0 })
    let lost = logits[..<size.area] + [Float](repeating: .nan, count: 2 * size.area)
    #expect(FlowsDecoder().planes(of: Array(lost), size).allSatisfy { $0 == 0 })
  }
}
