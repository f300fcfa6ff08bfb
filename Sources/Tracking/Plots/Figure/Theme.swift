internal import Foundation

/// The colours of a light and a dark page. Marks contrast with the paper at least 3 : 1, text at least
/// 4.5 : 1 (WCAG 2.2). The colours of series are those of Okabe and Ito (2008) that reach this on white,
/// and lighter twins on dark.
package enum Theme: String, Sendable, Hashable, CaseIterable {
  case light, dark

  package func colour(of ink: Ink) -> PlotColour {
    switch ink {
    case .colour(let colour): colour
    case .series(let index): PlotColour(seriesMarks[index % Ink.seriesColours])
    case .seriesText(let index): PlotColour(seriesTexts[index % Ink.seriesColours])
    default: PlotColour(role(ink))
    }
  }

  private var seriesMarks: [UInt32] {
    switch self {
    case .light: [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x30343A]
    case .dark: [0x6CBCF0, 0xE8743B, 0x1FAE84, 0xCC79A7, 0xD8DCE2]
    }
  }

  private var seriesTexts: [UInt32] {
    switch self {
    case .light: [0x0069A5, 0xB34C00, 0x007553, 0x994D78, 0x30343A]
    case .dark: [0x8CCAF4, 0xF39A6C, 0x4FCAA5, 0xE3A3C5, 0xD8DCE2]
    }
  }

  private func role(_ ink: Ink) -> UInt32 {
    let isLight = self == .light
    return switch ink {
    case .secondary: isLight ? 0x4B5561 : 0xB6BEC8
    case .muted: isLight ? 0x5D6670 : 0xA0A9B4
    case .rule: isLight ? 0xB9B7B1 : 0x59626D
    case .grid: isLight ? 0xECEBE7 : 0x2D333A
    case .paper: isLight ? 0xFFFFFF : 0x1B1F24
    case .cell: isLight ? 0xF1F0EC : 0x262B31
    case .warning: isLight ? 0xB3261E : 0xFF8A80
    case .bar: isLight ? 0x4B5561 : 0xB6BEC8
    default: isLight ? 0x1B1E23 : 0xE9EBEE
    }
  }
}

extension Ink {
  /// The name of the CSS variable that a page has for it; `nil` for a colour of its own.
  package var variable: String? {
    switch self {
    case .text: "ink"
    case .secondary: "ink2"
    case .muted: "muted"
    case .rule: "axis"
    case .grid: "grid"
    case .paper: "paper"
    case .cell: "cell"
    case .warning: "bad"
    case .bar: "bar"
    case .series(let index): "c\(index % Self.seriesColours + 1)"
    case .seriesText(let index): "t\(index % Self.seriesColours + 1)"
    case .colour: nil
    }
  }

  /// Every ink that is a role of the page, each once.
  package static var roles: [Ink] {
    [.text, .secondary, .muted, .rule, .grid, .paper, .cell, .warning, .bar]
      + (0..<seriesColours).map { .series($0) } + (0..<seriesColours).map { .seriesText($0) }
  }
}

extension Theme {
  /// The variables of a page's style sheet: `--c1:#0072b2;…`, for figures that are fragments of it.
  package var styleVariables: String {
    Ink.roles.map { "--\($0.variable ?? ""):\(colour(of: $0).hexadecimal);" }.joined()
  }
}
