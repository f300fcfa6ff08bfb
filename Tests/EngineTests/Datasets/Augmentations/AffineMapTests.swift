@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct AffineMapTests {
  private let size = Size(height: 4, width: 4)

  private func warped(_ map: AffineMap) -> Sample {
    var sample = Sample(
      size: size, channels: 1, image: (0..<16).map { Float($0) }, labels: (0..<16).map { $0 },
      fill: [0])
    sample.warp(by: map)
    return sample
  }

  // PyTorch's grid_sample(mode='bilinear', padding_mode='zeros', align_corners=True).
  @Test func `bilinear agrees with PyTorch`() {
    let map = AffineMap(rotation: 30, scale: 1.1, translation: (0.25, -0.125), about: size)
    let expected: [Float] = [
      0.464788735, 1.840764751, 4.446242391, 6.185025262, 1.929924943, 4.535402583, 7.140880223,
      9.746357863, 4.011697925, 7.230040415, 9.835518055, 12.440995695, 3.044065796, 9.924678247,
      12.530155887, 8.968412082,
    ]
    #expect(zip(warped(map).image, expected).allSatisfy { abs($0 - $1) < 2e-6 })
    #expect(
      warped(map).labels == [1, 2, 6, 7, 0, 5, 6, 11, 4, 9, 9, 14, Labels.ignoreIndex, 8, 13, 14])
  }

  @Test func `a quarter turn is counter-clockwise and exact`() {
    let quarter = warped(AffineMap(rotation: 90, about: size))
    #expect(quarter.labels == [3, 7, 11, 15, 2, 6, 10, 14, 1, 5, 9, 13, 0, 4, 8, 12])
    #expect(zip(quarter.image, quarter.labels).allSatisfy { abs($0 - Float($1)) < 1e-5 })
  }

  @Test func `outside is the fill in the image and ignored in the labels`() {
    var sample = labelledScene(size: Size(height: 6, width: 9), channels: 3)
    sample.warp(by: AffineMap(rotation: 0, translation: (4, 0), about: sample.size))
    for y in 0..<6 {
      #expect(sample.labels[(y * 9)..<(y * 9 + 4)].allSatisfy { $0 == Labels.ignoreIndex })
      #expect(sample.image[54 + y * 9] == -101)
      #expect(sample.labels[y * 9 + 4] == 0)
    }
  }
}
