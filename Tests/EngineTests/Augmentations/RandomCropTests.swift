import Testing

@testable import Engine

@Suite struct RandomCropTests {
  private func crop(_ height: Int, _ width: Int) -> RandomCrop {
    RandomCrop(
      .sample(RandomCrop.fields, ["size": .size(Size(height: height, width: width))]))
  }

  @Test func `a crop larger than the image is an error at the size`() {
    let size = Size(height: 10, width: 12)
    for (height, width) in [(11, 12), (10, 13)] {
      let error = #expect(throws: ComponentError.self) {
        try crop(height, width).outputSize(for: size)
      }
      #expect(error?.field == "size")
      #expect(error?.message.contains("larger than the images of 10×12") == true)
    }
    #expect(throws: Never.self) { try crop(10, 12).outputSize(for: size) }
  }

  @Test func `every place occurs, the last ones too`() {
    var corners: Set<[Int]> = []
    for draw in 0..<200 {
      var sample = Sample(
        size: Size(height: 3, width: 4), channels: 1, image: (0..<12).map { Float($0) },
        labels: (0..<12).map { $0 }, fill: [0])
      var random = RandomStream(seed: 9, purpose: .init("random_crop#0"), sample: draw)
      crop(2, 2).apply(to: &sample, random: &random)
      let first = Int(sample.labels[0])
      corners.insert([first / 4, first % 4])
      #expect(sample.labels.map { Int($0) } == [first, first + 1, first + 4, first + 5])
    }
    #expect(corners.count == 2 * 3)
  }
}
