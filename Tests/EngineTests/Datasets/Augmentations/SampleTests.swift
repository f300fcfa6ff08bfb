@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct SampleTests {
  private let scene = labelledScene(size: Size(height: 6, width: 5))

  private func addresses(_ sample: Sample) -> Set<UnsafeRawPointer> {
    sample.image.withUnsafeBytes { image in
      sample.labels.withUnsafeBytes { labels in Set([image, labels].compactMap(\.baseAddress)) }
    }
  }

  @Test func `drawing anew replaces size, image and labels`() {
    var sample = scene
    sample.redraw(as: Size(height: 1, width: 2)) { old, image, labels in
      #expect(old.image == scene.image)
      #expect(image.count == 2 * old.channels && labels.count == 2)
      image = [1, 2, 3, 4]
      labels = [5, 6]
    }
    #expect(sample.size == Size(height: 1, width: 2))
    #expect(sample.image == [1, 2, 3, 4])
    #expect(sample.labels == [5, 6])
    #expect(sample.fill == scene.fill)
  }

  @Test func `a copy keeps what it was`() {
    var sample = scene
    let copy = sample
    sample.redraw { _, image, _ in image[0] = 1 }
    sample.redraw { _, image, _ in image[0] = 2 }
    #expect(copy.image == scene.image)
  }

  @Test func `samples of a size go through the same memory again and again`() {
    let raster = Raster(
      size: Size(height: 60, width: 50), channels: 1, pixels: Array(repeating: 3, count: 3000))
    let loaded = LoadedSample(
      raster: raster, labels: .bytes(Array(repeating: 1, count: 3000)))
    var sample = Sample(
      size: Size(height: 0, width: 0), channels: 1, image: [], labels: [], fill: [0])
    func use() {
      sample.replace(by: loaded)
      sample.redraw(as: Size(height: 40, width: 30)) { _, image, labels in
        (image[0], labels[0]) = (7, 8)
      }
    }
    for _ in 0..<2 { use() }
    var seen: Set<UnsafeRawPointer> = []
    for _ in 0..<20 {
      use()
      seen.formUnion(addresses(sample))
    }
    #expect(seen.count == 4, "two images and two labels")
    sample.replace(by: loaded)
    #expect(sample.image == Array(repeating: 3, count: 3000))
    #expect(sample.labels == loaded.labels.labels)
  }
}
