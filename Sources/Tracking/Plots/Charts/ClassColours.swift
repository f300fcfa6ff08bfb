/// Colours of classes in charts: those that were given, and for the others colours that are as far from
/// each other as can be, also for readers with a colour vision deficiency.
struct ClassColours {
  private let colours: [String: PlotColour]

  init(_ names: [String], given: [String: PlotColour]) {
    var colours = given
    let missing = names.filter { given[$0] == nil }
    let chosen = FarthestColours.first(missing.count, besides: Array(given.values))
    for (name, colour) in zip(missing, chosen) { colours[name] = colour }
    self.colours = colours
  }

  subscript(name: String) -> PlotColour { colours[name] ?? PlotColour(0x7D7D98) }
}
