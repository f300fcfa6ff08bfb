@testable import Datasets
@testable import Groundwork
import Tasks
import Testing
@testable import Training

@Suite struct OverlayTests {
  private let image = Raster(
    size: Size(height: 4, width: 5), channels: 1, pixels: Array(repeating: 100, count: 20))

  @Test func `photograph, truth and prediction stand side by side`() {
    let labels = [Label](repeating: 1, count: 20)
    let both = Overlay.render(
      image: image, predicted: labels, truth: labels,
      palette: ClassPalette(classes: ["background", "cell"]))
    #expect(both.size == Size(height: 4, width: 3 * 5 + 2 * Overlay.gap))
    #expect(Array(both.pixels.prefix(15)) == Array(repeating: 100, count: 15))
    #expect(both.pixels[15] == 255)
    let alone = Overlay.render(
      image: image, predicted: labels, truth: nil,
      palette: ClassPalette(classes: ["background", "cell"]))
    #expect(alone.size == Size(height: 4, width: 2 * 5 + Overlay.gap))
  }

  @Test func `truth comes before the prediction, and ignored pixels are dark`() {
    let overlay = Overlay.render(
      image: image, predicted: Array(repeating: 1, count: 20),
      truth: Array(repeating: Labels.ignoreIndex, count: 20),
      palette: ClassPalette(classes: ["background", "cell"]))
    let truth = (5 + Overlay.gap + 2) * 3
    let prediction = (2 * (5 + Overlay.gap) + 2) * 3
    #expect(overlay.pixels[truth..<(truth + 3)].allSatisfy { $0 == 25 })
    let colour = ClassPalette(classes: ["background", "cell"]).colour(of: 1)
    let tinted = [colour.red, colour.green, colour.blue].map { UInt8(40 + 0.6 * Float($0) + 0.5) }
    #expect(Array(overlay.pixels[prediction..<(prediction + 3)]) == tinted)
  }

  @Test func `opacity weakens the tint but not the lines where classes meet`() {
    let labels: [Label] = (0..<20).map { $0 % 5 < 2 ? 0 : 1 }
    let palette = ClassPalette(classes: ["road", "car"])
    let grey: [UInt8] = [100, 100, 100]
    let clear = SemanticTask().drawing(
      of: labels, image.size, palette, over: image, style: OverlayStyle(opacity: 0))
    let colour = palette.colour(of: 0).components
    for (column, expected) in [grey, colour, grey, grey, grey].enumerated() {
      #expect(Array(clear.pixels[3 * column..<3 * column + 3]) == expected)
    }
    let full = SemanticTask().drawing(
      of: labels, image.size, palette, over: image,
      style: OverlayStyle(opacity: 1, outlineWidth: 0))
    #expect(Array(full.pixels[0..<3]) == colour)
    #expect(Array(full.pixels[12..<15]) == palette.colour(of: 1).components)
  }

  @Test(arguments: [(0, []), (1, [3]), (2, [3, 4]), (3, [2, 3, 4]), (20, Array(0..<9))])
  func `lines are as wide as they are asked to be`(width: Int, columns: [Int]) {
    let size = Size(height: 3, width: 9)
    let labels: [Label] = (0..<27).map { $0 % 9 < 4 ? 0 : 1 }
    let lines = OverlayStyle(outlineWidth: width).lines(labels, size)
    #expect(lines == (0..<27).map { columns.contains($0 % 9) ? 1 : 0 })
    let turned = OverlayStyle(outlineWidth: width).lines(
      (0..<27).map { $0 / 3 < 4 ? 0 : 1 }, Size(height: 9, width: 3))
    #expect(turned == (0..<27).map { columns.contains($0 / 3) ? 1 : 0 })
  }
}
