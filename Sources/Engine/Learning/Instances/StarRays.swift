package import Groundwork

extension TruthForm {
  /// One plane of ids, of objects that are learned as star-convex polygons.
  package static let starObjects = TruthForm("objects of decode: stardist")
  /// One plane of ids, of objects that are learned as flows to their centres.
  package static let flowObjects = TruthForm("objects of decode: flows")
}

/// The directions in which a star-convex polygon is measured, evenly spread: the first goes to the right, and
/// the others follow downwards.
package struct StarRays: Sendable, Hashable {
  package let count: Int
  /// `[R, 2]`: of a step of length 1 how far it goes down, and how far to the right.
  package let directions: [Float]

  package init(count: Int) {
    self.count = count
    directions = (0..<count).flatMap { ray in
      let turn = Double(ray) / Double(count)
      return [Self.cosine(turn - 0.25), Self.cosine(turn)].map { Float($0) }
    }
  }

  /// - Parameter turn: −1…1, 1 for a whole one.
  private static func cosine(_ turn: Double) -> Double {
    let half = 2 * min(abs(turn), 1 - abs(turn))
    return 2 * PortableMath.raisedCosine(half) - 1
  }
}
