import Testing

@testable import Tracking

struct ThemeTests {
  private func contrast(_ one: PlotColour, _ other: PlotColour) -> Double {
    let (a, b) = (SequentialColours.luminance(of: one), SequentialColours.luminance(of: other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  @Test("marks contrast with the paper 3 : 1, text 4.5 : 1", arguments: Theme.allCases)
  func contrasts(theme: Theme) {
    let paper = theme.colour(of: .paper)
    for index in 0..<Ink.seriesColours {
      #expect(contrast(theme.colour(of: .series(index)), paper) >= 3, "mark \(index)")
      #expect(contrast(theme.colour(of: .seriesText(index)), paper) >= 4.5, "text \(index)")
    }
    for ink in [Ink.text, .secondary, .muted, .warning] {
      #expect(contrast(theme.colour(of: ink), paper) >= 4.5, "\(ink)")
    }
  }

  @Test("text in cells of every colour of a scale can be read")
  func cells() {
    for step in 0...100 {
      let share = Double(step) / 100
      for colour in [
        SequentialColours.cividis(share), SequentialColours.shade(PlotColour(0xD55E00), share),
      ] {
        guard case .colour(let ink) = SequentialColours.ink(on: colour) else { continue }
        #expect(contrast(ink, colour) >= 4.5, "\(colour.hexadecimal)")
      }
    }
  }

  @Test("series are told apart in every vision, and repeat with other marks and dashes")
  func series() {
    let light = (0..<Ink.seriesColours).map { Theme.light.colour(of: .series($0)) }
    for (index, colour) in light.enumerated() {
      for other in light[..<index] { #expect(FarthestColours.distance(colour, other) > 0.07) }
    }
    let looks = (0..<20).map {
      "\($0 % Ink.seriesColours) \(MarkShape.of(series: $0)) \(Stroke.series($0).dash)"
    }
    #expect(Set(looks).count == looks.count)
  }

  @Test("a page's style sheet has a variable for every role")
  func variables() {
    for theme in Theme.allCases {
      for ink in Ink.roles { #expect(theme.styleVariables.contains("--\(ink.variable ?? "?"):#")) }
    }
    #expect(Ink.colour(PlotColour(0)).variable == nil)
  }
}
