@testable import Experiments
@testable import Groundwork
import Testing

@Suite("Images as text")
struct ImageBlocksTests {
  @Test("a character is two pixels, one above the other")
  func pixels() {
    let image = Raster(
      size: Size(height: 2, width: 2), channels: 3,
      pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    #expect(
      ImageBlocks.lines(image, width: 80) == [
        "\u{1B}[38;2;1;2;3;48;2;7;8;9m▀\u{1B}[38;2;4;5;6;48;2;10;11;12m▀\u{1B}[0m"
      ])
  }

  @Test(
    "an image that is wider than a line is made smaller, keeping its shape", arguments: [1, 7, 30])
  func width(width: Int) {
    let image = Raster(
      size: Size(height: 40, width: 60), channels: 3,
      pixels: Array(repeating: 100, count: 40 * 60 * 3))
    let lines = ImageBlocks.lines(image, width: width)
    #expect(lines.allSatisfy { $0.filter { $0 == "▀" }.count == width })
    #expect(lines.count == max(1, (width * 40 / 60 + 1) / 2))
  }
}
