@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct ClassPaletteTests {
  @Test(arguments: [255, 1000])
  func `all classes can be told apart`(classes: Int) {
    let palette = ClassPalette(classes: (0..<classes).map { "class \($0)" })
    let colours = (0..<classes).map { palette.colours[(3 * $0)..<(3 * $0 + 3)].map { Int($0) } }
    #expect(palette.colours.count == 3 * (classes + 1))
    #expect(Set(colours).count > classes - classes / 50)
    if classes == 255 { #expect(Set(colours).count == 255) }
    let ignored = palette.colour(of: Labels.ignoreIndex)
    #expect(ignored.red == 0 && ignored.green == 0 && ignored.blue == 0)
    for first in 0..<16 {
      for second in 0..<first {
        let distance = zip(colours[first], colours[second]).map { abs($0 - $1) }.reduce(0, +)
        #expect(distance > 60, "classes \(second) and \(first)")
      }
    }
  }

  @Test func `where classes overlap a colour is the mean of theirs, and nothing is hardly tinted`()
  {
    let palette = ClassPalette(classes: ["a", "b", "c"])
    // Pixels of c alone, of a alone, of a and c, of none, of all three, and one that is ignored.
    let ignored = Labels.ignoreIndex
    let tint = palette.tint(
      planes: [0, 1, 1, 0, 1, ignored, 0, 0, 0, 0, 1, ignored, 1, 0, 1, 0, 1, ignored], area: 6)
    func shown(_ pixel: Int) -> [Int] { tint.colours[3 * pixel..<3 * pixel + 3].map { Int($0) } }
    func colour(_ label: Label) -> [Int] {
      let colour = palette.colour(of: label)
      return [colour.red, colour.green, colour.blue].map { Int($0) }
    }
    #expect(shown(0) == colour(2) && shown(1) == colour(0))
    #expect(shown(2) == zip(colour(0), colour(2)).map { ($0 + $1) / 2 })
    #expect(tint.opacities[3] < tint.opacities[4])
    #expect(shown(5) == [0, 0, 0])
  }

  @Test func `a background hardly tints and takes no colour from the others`() {
    let plain = ClassPalette(classes: ["cell"])
    let palette = ClassPalette(classes: ["Background", "cell"])
    #expect(palette.opacities[0] < palette.opacities[1])
    #expect(palette.colour(of: 1) == plain.colour(of: 0))
  }
}
