/// Finds what somebody meant who mistyped a name, or gave only a part of it.
enum NearestNames {
  /// - Returns: at most three names, the nearest first; empty where none is near.
  static func of(_ name: String, among candidates: [String]) -> [String] {
    let typed = Array(name.lowercased())
    let near = candidates.compactMap { candidate -> (name: String, distance: Int)? in
      let meant = Array(candidate.lowercased())
      if typed.count >= 3, candidate.lowercased().contains(name.lowercased()) {
        return (candidate, 0)
      }
      let distance = distance(typed, meant)
      // A third of the letters may be wrong.
      return distance <= max(typed.count, meant.count) / 3 ? (candidate, distance) : nil
    }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
  }

  /// Letters to insert, remove or replace to turn one word into the other (Levenshtein 1966).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var last = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        row.append(min(row[j] + 1, last[j + 1] + 1, last[j] + (letter == other ? 0 : 1)))
      }
      last = row
    }
    return last[right.count]
  }
}
