internal import Tracking

/// Finds what somebody meant who mistyped a name.
enum NearestName {
  /// The candidate that is fewest slips away from the name, the first of several; `nil` where each
  /// is too far to have been meant. Upper and lower case count as the same.
  static func of(_ name: String, among candidates: [String]) -> String? {
    let typed = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let meant = Array(candidate.lowercased().unicodeScalars)
      // A third of the letters may be wrong; any word is near to one of two letters.
      let limit = max(1, max(typed.count, meant.count) / 3)
      guard abs(typed.count - meant.count) <= limit else { continue }
      let distance = self.distance(typed, meant)
      if distance <= limit, distance < min(meant.count, best?.distance ?? .max) {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  /// Slips between two words: a letter more, less, another, or two neighbours swapped. The
  /// restricted Damerau–Levenshtein distance (Damerau 1964; Levenshtein 1966).
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
