/// A fixed colour for every class, the same in every drawing and palette PNG.
package struct ClassPalette: Sendable, Hashable {
  /// `[max(K, 255) + 1, 3]` RGB by class; the last, which is that of ignored pixels, is black.
  package let colours: [UInt8]
  /// How strongly each of these tints an image, 0…1. A class named "background" is hardly tinted,
  /// so that what matters stands out.
  package let opacities: [Float]

  package static let background: [UInt8] = [38, 43, 56]
  static let backgroundOpacity: Float = 0.3
  static let standardOpacity: Float = 0.6

  /// - Parameters:
  ///   - classes: names in the order of their ids.
  ///   - given: the colours of some of them; the others get none that is close to one of these.
  package init(classes: [String], colours given: [String: RGB] = [:]) {
    var colours: [UInt8] = []
    var opacities: [Float] = []
    var others = Self.computed(besides: Array(given.values)).makeIterator()
    for id in 0..<max(classes.count, 255) {
      let name = id < classes.count ? classes[id] : nil
      let isBackground = name?.lowercased() == "background"
      if let colour = name.flatMap({ given[$0] }) {
        colours += colour.components
      } else {
        colours += isBackground ? Self.background : others.next() ?? Self.background
      }
      opacities.append(isBackground ? Self.backgroundOpacity : Self.standardOpacity)
    }
    self.colours = colours + [0, 0, 0]
    self.opacities = opacities + [0.75]
  }

  package func colour(of label: Label) -> RGB {
    let start = 3 * place(of: label)
    return RGB(colours[start], colours[start + 1], colours[start + 2])
  }

  /// Where among the colours that of a label is.
  package func place(of label: Label) -> Int { min(Int(label), opacities.count - 1) }

  /// The colours of ``colour(_:)`` in their order without those that are close to any of these.
  private static func computed(besides given: [RGB]) -> some Sequence<[UInt8]> {
    (0...).lazy.map(colour).filter { colour in
      !given.contains { other in
        zip(colour, other.components).allSatisfy { abs(Int($0) - Int($1)) < closeness }
      }
    }
  }

  /// The difference of every component below which two colours are close.
  private static let closeness = 24

  /// Sixteen colours that are far apart in hue or lightness, then hues in steps of the golden
  /// ratio, which never come close to the ones just before.
  private static func colour(_ index: Int) -> [UInt8] {
    if index < chosen.count { return chosen[index] }
    let turn = (0.618033988749895 * Double(index)).truncatingRemainder(dividingBy: 1)
    let value = [0.95, 0.7, 0.5][index % 3]
    return [5.0, 3.0, 1.0].map { shift in
      // HSV to RGB (Smith 1978) with saturation 0.75.
      let k = (shift + turn * 6).truncatingRemainder(dividingBy: 6)
      return UInt8(255 * (value - value * 0.75 * max(0, min(k, 4 - k, 1))))
    }
  }

  private static let chosen: [[UInt8]] = [
    [77, 161, 255], [255, 166, 43], [64, 201, 110], [237, 73, 86], [168, 110, 255],
    [255, 221, 64], [43, 205, 214], [247, 129, 191], [232, 236, 240], [170, 235, 60],
    [0, 100, 148], [134, 40, 60], [20, 120, 70], [158, 112, 64], [255, 196, 170], [95, 75, 160],
  ]
}
