/// Which samples of a data set people are shown.
package struct SampleChoice {
  /// In the order of the sets and lists.
  package let places: [DataOverview.Place]

  /// Samples among which every class is seen: for each class in turn, the rarest first, the sample that
  /// shows most of it and is not chosen yet; a class that is not seen yet comes before others. Where
  /// nothing is labelled they are spread evenly.
  ///
  /// - Parameter count: how many at most.
  package init(_ overview: DataOverview, count: Int) {
    let all = overview.places.filter { overview.overview(of: $0) != nil }
    guard all.count > count else {
      places = all
      return
    }
    var chosen: [DataOverview.Place] = []
    var rest = Set(all)
    func choose(_ place: DataOverview.Place) {
      rest.remove(place)
      chosen.append(place)
    }
    let totals = overview.classes.indices.map { label in
      overview.sets.reduce(UInt64(0)) { $0 + $1.labels[label].pixels }
    }
    let rarest = overview.classes.indices.filter { totals[$0] > 0 }.sorted {
      (totals[$0], $0) < (totals[$1], $1)
    }
    // Of each class the samples by the share of their pixels that shows it.
    var ranked: [Int: ArraySlice<DataOverview.Place>] = [:]
    for label in rarest {
      let value = overview.classes[label].value
      let shares = all.compactMap { place -> (DataOverview.Place, Double)? in
        guard let census = overview.overview(of: place)?.mask?.census,
          let found = census.labels.first(where: { $0.value == value }), census.labelled > 0
        else { return nil }
        return (place, Double(found.pixels) / Double(census.labelled))
      }
      ranked[label] = shares.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)[...]
    }
    // Half of them for the classes; the other half shows what the data are like.
    let forClasses = max(rarest.count, (count + 1) / 2)
    var isSpent = rarest.isEmpty
    while !isSpent, chosen.count < min(count, forClasses) {
      isSpent = true
      for label in rarest where chosen.count < min(count, forClasses) {
        while let next = ranked[label]?.popFirst() {
          guard rest.contains(next) else { continue }
          choose(next)
          isSpent = false
          break
        }
      }
    }
    let left = all.filter(rest.contains)
    let open = count - chosen.count
    for index in 0..<max(0, open) where left.count > 0 {
      choose(left[(2 * index + 1) * left.count / (2 * open)])
    }
    places = chosen.sorted()
  }
}
