package import Groundwork

/// The boxes that a region proposal network begins with: at each place of each level some of one scale in
/// several shapes.
package struct AnchorGrid: Sendable, Hashable {
  package struct Level: Sendable, Hashable {
    package var extent: Size
    /// Pixels from one place to the next, down and to the right.
    package var stride: Size
    /// √area of the anchors, in pixels.
    package var scale: Float
  }

  package var levels: [Level]
  /// Height / width.
  package var ratios: [Float]
  /// Anchors end at whole pixels, as torchvision's do.
  package var isRounded: Bool

  package var rows: Int { levels.reduce(0) { $0 + $1.extent.area } * ratios.count }

  /// x1, y1, x2, y2 of all anchors: level by level, row by row, place by place.
  package var boxes: [SIMD4<Float>] {
    levels.flatMap { level -> [SIMD4<Float>] in
      let shapes = ratios.map { ratio in
        let root = ratio.squareRoot()
        let half = SIMD2(level.scale / root, level.scale * root) / 2
        let box = SIMD4(-half.x, -half.y, half.x, half.y)
        return isRounded ? box.rounded(.toNearestOrEven) : box
      }
      return (0..<level.extent.area).flatMap { place in
        let (row, column) = place.quotientAndRemainder(dividingBy: level.extent.width)
        let (x, y) = (Float(column * level.stride.width), Float(row * level.stride.height))
        return shapes.map { $0 + SIMD4(x, y, x, y) }
      }
    }
  }
}
