@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct MirrorTests {
  private func mirrored(probability: Double) throws -> Sample {
    var sample = Sample(
      size: Size(height: 2, width: 3), channels: 2, image: (0..<12).map { Float($0) },
      labels: [0, 1, 2, 3, 4, 5], fill: [0, 0])
    var random = RandomStream(seed: 42, purpose: .init("mirror#0"))
    let mirror = Mirror(
      .sample(Mirror.fields, ["probability": .number(probability)]))
    mirror.apply(to: &sample, random: &random)
    return sample
  }

  // The first number of this stream is 0.8315….
  @Test func `a draw below the probability exchanges left and right`() throws {
    let sample = try mirrored(probability: 0.84)
    #expect(sample.image == [2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9])
    #expect(sample.labels == [2, 1, 0, 5, 4, 3])
  }

  @Test func `a draw above it leaves the sample alone`() throws {
    #expect(try mirrored(probability: 0.83).labels == [0, 1, 2, 3, 4, 5])
    #expect(try mirrored(probability: 0).image == (0..<12).map { Float($0) })
  }
}
