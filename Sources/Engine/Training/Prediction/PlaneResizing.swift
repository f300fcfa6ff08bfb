internal import Groundwork

/// Labels of another size than they were predicted in.
enum PlaneResizing {
  /// Each pixel takes the labels of the one that its middle lies on.
  ///
  /// - Parameters:
  ///   - labels: planes of the size `whole`, whose upper left corner is the image.
  ///   - target: `[P, H, W]`.
  static func nearest(
    _ labels: UnsafePointer<Label>, planes: Int, of whole: Size, from source: Size, to size: Size,
    into target: UnsafeMutablePointer<Label>
  ) {
    func places(_ count: Int, _ of: Int) -> [Int] {
      (0..<count).map { (2 * $0 + 1) * of / (2 * count) }
    }
    let (rows, columns) = (
      places(size.height, source.height), places(size.width, source.width)
    )
    var next = target
    for plane in 0..<planes {
      for row in rows {
        let line = labels + plane * whole.area + row * whole.width
        for column in columns {
          next.pointee = line[column]
          next += 1
        }
      }
    }
  }
}
