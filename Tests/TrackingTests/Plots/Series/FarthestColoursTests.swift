import Testing

@testable import Tracking

struct FarthestColoursTests {
  @Test("the first twenty colours are those that an independent program chooses")
  func golden() {
    let expected = [
      "#0961bb", "#cb5a1a", "#9eedfb", "#6c170e", "#f6c835", "#4fa8e1", "#372c75", "#884f61",
      "#b5978a", "#7d7d98", "#d7e6ab", "#a3c7bf", "#e58212", "#3280dd", "#ac3225", "#241bc5",
      "#663551", "#58cef8", "#fea47c", "#ab6e64",
    ]
    #expect(FarthestColours.first(20).map(\.hexadecimal) == expected)
    #expect(FarthestColours.first(1).map(\.hexadecimal) == ["#0961bb"])
    #expect(FarthestColours.first(0).isEmpty)
  }

  @Test("colours that are taken are kept away from")
  func besides() {
    let taken = [PlotColour(0x0961BB), PlotColour(0xCB5A1A)]
    let found = FarthestColours.first(3, besides: taken)
    #expect(found.map(\.hexadecimal) == ["#9eedfb", "#6c170e", "#f6c835"])
  }

  @Test(
    "the distance is the least of all visions: published palettes have colours that fall together")
  func distance() {
    // Two colours of the map of Pascal VOC that protans cannot tell apart.
    #expect(FarthestColours.distance(PlotColour(0x0961BB), PlotColour(0x0961BB)) == 0)
    #expect(FarthestColours.distance(PlotColour(0xD62728), PlotColour(0x8C564B)) < 0.1)
    #expect(FarthestColours.distance(PlotColour(0x0961BB), PlotColour(0xCB5A1A)) > 0.15)
  }
}
