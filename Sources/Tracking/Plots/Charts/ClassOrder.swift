/// In which order a chart has the classes.
package enum ClassOrder: String, CaseIterable, Sendable {
  /// That of the spec.
  case spec
  /// Classes that are taken for each other stand side by side.
  case similarity
}

/// Puts what resembles each other side by side (seriation): the chain begins with the two that resemble each
/// other most, and grows at the end that resembles one of the others most. Of equals the first counts, so that
/// equal matrices give equal orders.
struct Seriation {
  /// Every place once.
  let order: [Int]

  /// - Parameter similarity: `[n][n]`, symmetric.
  init(_ similarity: [[Double]]) {
    let count = similarity.count
    guard count > 2 else {
      order = Array(0..<count)
      return
    }
    var (start, highest) = ((0, 1), -Double.infinity)
    for first in 0..<count {
      for second in first + 1..<count where similarity[first][second] > highest {
        (start, highest) = ((first, second), similarity[first][second])
      }
    }
    var chain = [start.0, start.1]
    var left = (0..<count).filter { !chain.contains($0) }
    while let first = left.first {
      let (front, back) = (chain[0], chain[chain.count - 1])
      var best = (place: first, isFront: false, similarity: -Double.infinity)
      for place in left {
        for (end, isFront) in [(back, false), (front, true)]
        where similarity[end][place] > best.similarity {
          best = (place, isFront, similarity[end][place])
        }
      }
      if best.isFront { chain.insert(best.place, at: 0) } else { chain.append(best.place) }
      left.removeAll { $0 == best.place }
    }
    // A chain has no direction: the end that comes first stays first.
    order = chain[0] < chain[count - 1] ? chain : chain.reversed()
  }
}
