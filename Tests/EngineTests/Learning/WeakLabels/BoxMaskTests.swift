@testable import Groundwork
@testable import Learning
import Testing

@Suite("Masks of boxes")
struct BoxMaskTests {
  private let size = Size(height: 6, width: 8)
  private let large = LabelBox(label: 1, left: 1, top: 1, right: 7, bottom: 5)
  private let small = LabelBox(label: 2, left: 4, top: 2, right: 6, bottom: 4)

  private func rows(_ labels: [Label]) -> [String] {
    stride(from: 0, to: labels.count, by: size.width).map { start in
      labels[start..<start + size.width].map { $0 == Labels.ignoreIndex ? "x" : "\($0)" }.joined()
    }
  }

  @Test("the smaller box is in front, whatever the order, and what no box holds is background")
  func order() {
    let expected = ["00000000", "01111110", "01112210", "01112210", "01111110", "00000000"]
    #expect(rows(BoxMask([large, small], size: size).labels()) == expected)
    #expect(rows(BoxMask([small, large], size: size).labels()) == expected)
  }

  @Test("with an inner share only the middle of a box is of its class, and the rest is ignored")
  func inner() {
    let labels = BoxMask([large], size: size).labels(inner: 0.25)
    #expect(
      rows(labels) == ["00000000", "0xxxxxx0", "0x111xx0", "0x111xx0", "0xxxxxx0", "00000000"])
  }

  @Test("a pixel is inside where its center is, and no box is without a pixel")
  func centers() {
    func pixels(_ left: Double, _ right: Double) -> Range<Int> {
      LabelBox(label: 1, left: left, top: 0, right: right, bottom: 1).pixels(of: size).columns
    }
    #expect(pixels(1, 3) == 1..<3)
    #expect(pixels(1.4, 3.4) == 1..<3)
    #expect(pixels(1.6, 3.6) == 2..<4)
    #expect(pixels(2.6, 2.9) == 2..<3)
    #expect(pixels(-5, 2) == 0..<2)
    #expect(pixels(6, 50) == 6..<8)
    #expect(pixels(-5, -2).isEmpty && pixels(9, 12).isEmpty)
  }

  @Test("a box of an image that is resized or cut is where its pixels are")
  func moved() {
    let half = large.resized(from: size, to: Size(height: 12, width: 4))
    #expect(half == LabelBox(label: 1, left: 0.5, top: 2, right: 3.5, bottom: 10))
    #expect(
      large.seen(fromLeft: 2, top: 1) == LabelBox(label: 1, left: -1, top: 0, right: 5, bottom: 4))
  }
}
