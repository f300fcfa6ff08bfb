internal import CKernels
internal import Groundwork
internal import Networks

/// x1, y1, x2, y2 in pixels.
typealias Box = SIMD4<Float>

extension Box {
  /// Calls `body` with x1, y1, x2, y2.
  func withCoordinates<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
    withUnsafeBytes(of: self) { body($0.baseAddress?.assumingMemoryBound(to: Float.self)) }
  }

  var width: Float { self[2] - self[0] }
  var height: Float { self[3] - self[1] }

  func clipped(to image: Size) -> Box {
    clamped(
      lowerBound: .zero,
      upperBound: Box(
        Float(image.width), Float(image.height), Float(image.width), Float(image.height)))
  }
}

extension BoxCoding {
  /// What moves `anchor` to `box`.
  func encode(_ box: Box, at anchor: Box) -> SIMD4<Float> {
    func middle(_ low: Float, _ extent: Float) -> Float { low + 0.5 * extent }
    func logarithm(_ ratio: Float) -> Float { Float(PortableMath.logarithm(Double(ratio))) }
    let dx = middle(box[0], box.width) - middle(anchor[0], anchor.width)
    let dy = middle(box[1], box.height) - middle(anchor[1], anchor.height)
    return weights
      * SIMD4(
        dx / anchor.width, dy / anchor.height, logarithm(box.width / anchor.width),
        logarithm(box.height / anchor.height))
  }

  /// `anchor` moved by what a network says.
  func decode(_ deltas: SIMD4<Float>, at anchor: Box) -> Box {
    func growth(_ delta: Float) -> Float {
      Float(PortableMath.exponential(Double(min(delta, Self.largestGrowth))))
    }
    let moves = deltas / weights
    let x = moves[0] * anchor.width + (anchor[0] + 0.5 * anchor.width)
    let y = moves[1] * anchor.height + (anchor[1] + 0.5 * anchor.height)
    let half = SIMD2(growth(moves[2]) * anchor.width, growth(moves[3]) * anchor.height) / 2
    return Box(x - half.x, y - half.y, x + half.x, y + half.y)
  }
}

/// Boxes with what they are sorted and suppressed by.
struct ScoredBoxes {
  var boxes: [Box] = []
  var scores: [Float] = []
  /// Boxes suppress others of their group alone: of a level, or a class.
  var groups: [Int32] = []

  mutating func append(_ box: Box, score: Float, group: Int) {
    boxes.append(box)
    scores.append(score)
    groups.append(Int32(group))
  }

  /// The surest first; of equals the earlier.
  mutating func sort() {
    let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    (boxes, scores, groups) = (
      order.map { boxes[$0] }, order.map { scores[$0] }, order.map { groups[$0] }
    )
  }

  /// Leaves out boxes that overlap a surer one of their group; they must be sorted.
  mutating func suppress(overlap: Float) {
    let kept = [UInt8].filled(count: boxes.count) { kept in
      boxes.withCoordinates { boxes in
        groups.withUnsafeBufferPointer {
          ck_box_suppress(boxes, $0.baseAddress, Int32($0.count), overlap, kept)
        }
      }
    }
    let order = boxes.indices.filter { kept[$0] != 0 }
    (boxes, scores, groups) = (
      order.map { boxes[$0] }, order.map { scores[$0] }, order.map { groups[$0] }
    )
  }
}

extension [Box] {
  /// Calls `body` with `[count][4]`.
  func withCoordinates<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
    withUnsafeBytes { body($0.baseAddress?.assumingMemoryBound(to: Float.self)) }
  }
}
