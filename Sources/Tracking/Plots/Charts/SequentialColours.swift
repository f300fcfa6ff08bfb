/// Colours for values from the least to the greatest.
enum SequentialColours {
  /// Cividis (Nuñez, Anderton and Renslow 2018), readable without colour vision and in grey: dark blue at
  /// 0, yellow at 1.
  static func cividis(_ share: Double) -> PlotColour {
    blend(cividisSteps, share)
  }

  /// From the paper's side to a colour: for shares of a row.
  static func shade(_ colour: PlotColour, _ share: Double) -> PlotColour {
    mix(PlotColour(0xF4F3F0), colour, min(max(share, 0), 1))
  }

  /// Black or white, whichever reads better on the colour.
  static func ink(on colour: PlotColour) -> Ink {
    let luminance = luminance(of: colour)
    let isLight = (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05)
    return .colour(isLight ? PlotColour(0x000000) : PlotColour(0xFFFFFF))
  }

  /// Relative luminance (WCAG 2.2).
  static func luminance(of colour: PlotColour) -> Double {
    func linear(_ byte: UInt8) -> Double { SRGB.linear(Double(byte) / 255) }
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green)
      + 0.0722 * linear(colour.blue)
  }

  private static func blend(_ steps: [UInt32], _ share: Double) -> PlotColour {
    let place = min(max(share.isFinite ? share : 0, 0), 1) * Double(steps.count - 1)
    let below = min(steps.count - 2, Int(place))
    return mix(PlotColour(steps[below]), PlotColour(steps[below + 1]), place - Double(below))
  }

  private static func mix(_ one: PlotColour, _ other: PlotColour, _ share: Double) -> PlotColour {
    func between(_ one: UInt8, _ other: UInt8) -> UInt8 {
      UInt8((Double(one) + (Double(other) - Double(one)) * share).rounded())
    }
    return PlotColour(
      between(one.red, other.red), between(one.green, other.green), between(one.blue, other.blue))
  }

  private static let cividisSteps: [UInt32] = [
    0x00224E, 0x002E6A, 0x1A386F, 0x32436D, 0x434E6C, 0x535A6D, 0x61656F, 0x6F7073, 0x7D7C78,
    0x8C8878, 0x9B9476, 0xABA072, 0xBCAE6C, 0xCDBB63, 0xDEC958, 0xF0D846, 0xFEE838,
  ]
}
