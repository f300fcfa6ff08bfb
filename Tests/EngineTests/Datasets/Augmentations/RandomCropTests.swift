@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct RandomCropTests {
  private func crop(
    _ height: Int, _ width: Int, _ written: [String: FieldValue] = [:]
  ) throws -> RandomCrop {
    let size = FieldValue.size(Size(height: height, width: width))
    return try RandomCrop(
      .sample(RandomCrop.fields, written.merging(["size": size]) { $1 }))
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

  @Test func `every place occurs, the last ones too`() throws {
    var corners: Set<[Int]> = []
    for draw in 0..<200 {
      var sample = Sample(
        size: Size(height: 3, width: 4), channels: 1, image: (0..<12).map { Float($0) },
        labels: (0..<12).map { $0 }, fill: [0])
      var random = RandomStream(seed: 9, purpose: .init("random_crop#0"), sample: draw)
      try crop(2, 2).apply(to: &sample, random: &random)
      let first = Int(sample.labels[0])
      corners.insert([first / 4, first % 4])
      #expect(sample.labels.map { Int($0) } == [first, first + 1, first + 4, first + 5])
    }
    #expect(corners.count == 2 * 3)
  }

  private func places(_ crop: RandomCrop, in sample: Sample, _ count: Int) -> [(Int, Int)] {
    (0..<count).map { draw in
      var random = RandomStream(seed: 9, purpose: .init("random_crop#0"), sample: draw)
      return crop.draw(sample, &random)
    }
  }

  @Test func `foreground is found where there is some`() throws {
    let size = Size(height: 40, width: 40)
    var scene = Sample(
      size: size, channels: 1, image: Array(repeating: 0, count: size.area),
      labels: Array(repeating: 0, count: size.area), fill: [0])
    scene.labels[30 * 40 + 12] = 1
    scene.labels[0] = Labels.ignoreIndex
    let crop = try crop(7, 5, ["foreground": .number(1)])
    #expect(places(crop, in: scene, 20).allSatisfy { $0 == (27, 10) })
    scene.labels[30 * 40 + 12] = 0
    #expect(Set(places(crop, in: scene, 20).map(\.0)).count > 5, "anywhere where there is none")
  }

  @Test func `a class that fills the part makes it look elsewhere`() throws {
    let size = Size(height: 8, width: 80)
    let scene = Sample(
      size: size, channels: 1, image: Array(repeating: 0, count: size.area),
      labels: (0..<size.area).map { $0 % 80 < 56 ? 0 : 1 }, fill: [0])
    func balanced(_ written: [String: FieldValue]) throws -> Int {
      try places(crop(8, 16, written), in: scene, 400).count { 44...52 ~= $0.1 }
    }
    // 9 of 65 places have both classes within 75 %: 0.138; of ten tries 1 - 0.862^10 = 0.77.
    #expect(try 30...80 ~= balanced([:]))
    #expect(try 280...335 ~= balanced(["largest_class": .number(0.76)]))
  }

  @Test func `what is smaller is padded evenly, ignored in the labels`() throws {
    var sample = coordinateScene(size: Size(height: 5, width: 30))
    var random = RandomStream(seed: 9, purpose: .init("random_crop#0"))
    try crop(9, 10, ["pad": .name("reflect101")]).apply(to: &sample, random: &random)
    #expect(sample.size == Size(height: 9, width: 10))
    let rows = (0..<9).map { sample.image[90 + 10 * $0] }
    #expect(rows == [2, 1, 0, 1, 2, 3, 4, 3, 2])
    #expect(
      (0..<9).map { sample.labels[10 * $0] == Labels.ignoreIndex }
        == [true, true, false, false, false, false, false, true, true])
  }
}
