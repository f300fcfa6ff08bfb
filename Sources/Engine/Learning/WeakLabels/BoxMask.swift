package import Groundwork

/// Masks that are drawn of boxes (Khoreva, Benenson, Hosang, Hein & Schiele, "Simple Does It: Weakly Supervised
/// Instance and Semantic Segmentation", CVPR 2017). What no box holds is background, class 0; where boxes overlap
/// the smaller one is in front.
package struct BoxMask: Sendable {
  package let boxes: [LabelBox]
  package let size: Size

  package init(_ boxes: [LabelBox], size: Size) { (self.boxes, self.size) = (boxes, size) }

  /// `[H, W]`.
  ///
  /// - Parameter inner: the share of each box's area around its center that is of its class, the rest being
  ///   ignored (`Boxⁱ` of the paper, with 0.2); 1 for all of it.
  package func labels(inner: Double = 1) -> [Label] {
    var labels = [Label](repeating: 0, count: size.area)
    for index in backToFront {
      let box = boxes[index]
      fill(box, &labels, inner < 1 ? Labels.ignoreIndex : box.label)
      if inner < 1 { fill(box.inner(inner), &labels, box.label) }
    }
    return labels
  }

  /// `[H, W]`: which box is in front, from 1; 0 where there is none.
  package var fronts: [Int32] {
    var fronts = [Int32](repeating: 0, count: size.area)
    for index in backToFront { fill(boxes[index], &fronts, Int32(index + 1)) }
    return fronts
  }

  /// Large boxes first; of equal ones the earlier.
  private var backToFront: [Int] {
    boxes.indices.sorted { one, other in
      boxes[one].area == boxes[other].area ? one < other : boxes[one].area > boxes[other].area
    }
  }

  private func fill<Value>(_ box: LabelBox, _ map: inout [Value], _ value: Value) {
    let (rows, columns) = box.pixels(of: size)
    for row in rows {
      for column in columns { map[row * size.width + column] = value }
    }
  }

  /// The pixels of a box, by their places in the image.
  func places(of box: LabelBox) -> [Int] {
    let (rows, columns) = box.pixels(of: size)
    return rows.flatMap { row in columns.map { row * size.width + $0 } }
  }
}
