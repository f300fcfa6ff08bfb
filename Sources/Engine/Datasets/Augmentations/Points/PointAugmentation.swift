/// A random change of the points of a sample, whose first three channels are positions.
package protocol PointAugmentation: Augmentation {}

extension PointAugmentation {
  package static var changesPoints: Bool { true }
}

extension Sample {
  /// The first channels of what turns with the points: the positions and, where there are some, the normals.
  var directions: [Int] {
    guard channels >= 3 else { return [] }
    return stack.points?.columns.normals.isEmpty == false ? [0, 3] : [0]
  }
}
