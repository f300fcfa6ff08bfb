/// A rectangle around an object, with its class: what somebody draws who draws no masks.
///
/// Edges are in pixels from the left and upper edge of the image. A pixel is inside where its center is, so that
/// whole numbers say which pixels a box begins at and ends before.
package struct LabelBox: Sendable, Hashable {
  package var label: Label
  package var left, top, right, bottom: Double

  package init(label: Label, left: Double, top: Double, right: Double, bottom: Double) {
    self.label = label
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }

  package var width: Double { right - left }
  package var height: Double { bottom - top }
  package var area: Double { width * height }

  /// The same box of an image that is resized.
  package func resized(from size: Size, to target: Size) -> LabelBox {
    let across = Double(target.width) / Double(size.width)
    let down = Double(target.height) / Double(size.height)
    return LabelBox(
      label: label, left: left * across, top: top * down, right: right * across,
      bottom: bottom * down)
  }

  /// The same box seen from another pixel.
  package func seen(fromLeft column: Int, top row: Int) -> LabelBox {
    LabelBox(
      label: label, left: left - Double(column), top: top - Double(row),
      right: right - Double(column), bottom: bottom - Double(row))
  }

  /// The box of the same center and proportions with this share of the area.
  package func inner(_ share: Double) -> LabelBox {
    let (x, y) = ((1 - share.squareRoot()) * width / 2, (1 - share.squareRoot()) * height / 2)
    return LabelBox(
      label: label, left: left + x, top: top + y, right: right - x, bottom: bottom - y)
  }

  /// The rows and columns of an image whose pixels it holds. A box that is narrower than a pixel holds the one
  /// that its middle is in.
  package func pixels(of size: Size) -> (rows: Range<Int>, columns: Range<Int>) {
    (
      Self.range(top, bottom, below: size.height), Self.range(left, right, below: size.width)
    )
  }

  private static func range(_ low: Double, _ high: Double, below end: Int) -> Range<Int> {
    func place(_ edge: Double) -> Int { Int(max(0, min(Double(end), (edge - 0.5).rounded(.up)))) }
    let (first, last) = (place(low), place(high))
    guard first >= last, high > 0, low < Double(end) else { return first..<max(first, last) }
    let middle = min(max(0, Int(((low + high) / 2).rounded(.down))), end - 1)
    return middle..<middle + 1
  }
}
