/// Finds what somebody meant who mistyped a name, or gave only a part of it.
package enum NearestNames {
  /// - Returns: at most three names, the nearest first; empty where none is near.
  package static func of(_ name: String, among candidates: [String]) -> [String] {
    let typed = name.lowercased()
    let near = candidates.compactMap { candidate -> (name: String, distance: Int)? in
      let meant = candidate.lowercased()
      if typed.count >= 3, meant.contains(typed) { return (candidate, 0) }
      let distance = distance(Array(typed), Array(meant))
      // A third of the letters may be wrong.
      return distance <= max(typed.count, meant.count) / 3 ? (candidate, distance) : nil
    }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
  }

  /// Slips between two words: a letter more, less, another, or two neighbours swapped. The
  /// restricted Damerau–Levenshtein distance (Damerau 1964; Levenshtein 1966).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var slips = min(row[j] + 1, last[j + 1] + 1, last[j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
          slips = min(slips, beforeLast[j - 1] + 1)
        }
        row.append(slips)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
