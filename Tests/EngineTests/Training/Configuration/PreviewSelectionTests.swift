@testable import Groundwork
import Testing
@testable import Training

@Suite("Which images are looked at in every evaluation")
struct PreviewSelectionTests {
  private let names = (0..<10).map { "images/\($0).png" }

  @Test("a number is spread evenly over the list")
  func count() throws {
    #expect(try PreviewSelection(images: .count(4)).places(among: names) == [0, 2, 5, 7])
    #expect(try PreviewSelection(images: .count(16)).places(among: names) == Array(0..<10))
  }

  @Test("names are those of the list, or their ends, with or without their endings")
  func named() throws {
    let wanted = PreviewSelection(images: .named(["images/3.png", "7", "4.png"]))
    #expect(try wanted.places(among: names) == [3, 7, 4])
    for absent in ["10", "mages/3.png", "other/3", "png"] {
      #expect(throws: TrainingError.self) {
        try PreviewSelection(images: .named([absent])).places(among: names)
      }
    }
    #expect(throws: TrainingError.self) {
      try PreviewSelection(images: .named(["a"])).places(among: ["x/a.png", "y/a.png"])
    }
  }

  @Test("a region is cut out, and large images give every n-th pixel")
  func cut() {
    let size = Size(height: 4, width: 5)
    let labels = (0..<20).map { Label($0) }
    let cut = PreviewCut(.init(top: 1, left: 3, size: Size(height: 2, width: 9)), of: size)
    #expect(cut.size == Size(height: 2, width: 2))
    #expect(cut.cut(planes: labels) == [8, 9, 13, 14])
    let image = Raster(size: size, channels: 3, pixels: (0..<60).map { UInt8($0) })
    #expect(cut.cut(image).pixels == [24, 25, 26, 27, 28, 29, 39, 40, 41, 42, 43, 44])
    let large = PreviewCut(nil, of: Size(height: 1000, width: 600))
    #expect(large.size == Size(height: 500, width: 300))
    #expect(large.cut(planes: Array(repeating: 0, count: 2 * 600_000)).count == 2 * 150_000)
  }
}
