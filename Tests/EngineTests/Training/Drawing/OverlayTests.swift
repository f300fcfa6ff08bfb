@testable import Datasets
@testable import Groundwork
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
}
