/// The form of a mark. Beside its colour it tells series apart without colour.
package enum MarkShape: String, Sendable, Hashable, CaseIterable {
  case circle, square, triangle, diamond, inverted
  /// For what failed; no series has it.
  case cross

  /// That of the i-th series.
  package static func of(series: Int) -> MarkShape {
    let shapes: [MarkShape] = [.circle, .square, .triangle, .diamond, .inverted]
    // Shifted by one a turn, so that no two series share both colour and form before 25.
    return shapes[(series + series / shapes.count) % shapes.count]
  }

  /// In a terminal, filled and open.
  package var characters: (filled: Character, open: Character) {
    switch self {
    case .circle: ("●", "○")
    case .square: ("■", "□")
    case .triangle: ("▲", "△")
    case .diamond: ("◆", "◇")
    case .inverted: ("▼", "▽")
    case .cross: ("×", "×")
    }
  }
}

extension Stroke {
  /// That of the i-th series: after five the colours begin again with dashes.
  package static func series(_ index: Int, width: Double = 1.75, opacity: Double = 1) -> Stroke {
    let dashes: [[Double]] = [[], [6, 3], [2, 3], [8, 3, 2, 3]]
    return Stroke(
      .series(index), width: width, dash: dashes[index / Ink.seriesColours % dashes.count],
      opacity: opacity)
  }
}
