@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct ClassPaletteTests {
  @Test func `all 255 classes can be told apart`() {
    let palette = ClassPalette(classes: (0..<255).map { "class \($0)" })
    let colours = (0..<255).map { palette.colours[(3 * $0)..<(3 * $0 + 3)].map { Int($0) } }
    #expect(palette.colours.count == 768)
    #expect(Set(colours).count == 255)
    for first in 0..<16 {
      for second in 0..<first {
        let distance = zip(colours[first], colours[second]).map { abs($0 - $1) }.reduce(0, +)
        #expect(distance > 60, "classes \(second) and \(first)")
      }
    }
  }

  @Test func `where classes overlap a colour is the mean of theirs, and nothing is hardly tinted`()
  {
    let plain = ClassPalette(classes: ["a", "b", "c"])
    let sets = ClassPalette(classes: ["a", "b", "c"], .multiple)
    #expect(sets.colour(of: 4) == plain.colour(of: 2) && sets.colour(of: 1) == plain.colour(of: 0))
    let (both, a, c) = (sets.colour(of: 5), plain.colour(of: 0), plain.colour(of: 2))
    #expect(both.red == UInt8((Int(a.red) + Int(c.red)) / 2))
    #expect(both.blue == UInt8((Int(a.blue) + Int(c.blue)) / 2))
    #expect(sets.opacities[0] < sets.opacities[7])
    #expect(sets.colour(of: 255) == plain.colour(of: 255))
  }

  @Test func `a background hardly tints and takes no colour from the others`() {
    let plain = ClassPalette(classes: ["cell"])
    let palette = ClassPalette(classes: ["Background", "cell"])
    #expect(palette.opacities[0] < palette.opacities[1])
    #expect(palette.colour(of: 1) == plain.colour(of: 0))
  }
}
