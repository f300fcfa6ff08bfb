internal import Groundwork

/// The objects that a network has found and drawn: its first head has their classes, ids and scores as numbers.
struct DrawnObjects {
  /// Smaller objects become background.
  let minimumArea: Int

  /// - Parameters:
  ///   - drawn: `[N, 3, H, W]`.
  ///   - planes: `[3, H, W]`, as ``InstancePlanes`` has them, written whole.
  func decode(
    _ drawn: UnsafePointer<Float>, _ layout: TensorLayout, sample: Int,
    into planes: UnsafeMutablePointer<Label>
  ) {
    let area = layout.shape.area
    func value(_ plane: Int, _ pixel: Int) -> Float {
      drawn[layout.index(sample, channel: plane, place: pixel)]
    }
    let found = (0..<area).map { Int(value(InstancePlanes.ids, $0)) }
    var pixels = [Int](repeating: 0, count: (found.max() ?? 0) + 1)
    for id in found { pixels[id] += 1 }
    // Ids follow each other, whatever was left out.
    var ids = [Label](repeating: 0, count: pixels.count)
    var last: Label = 0
    for id in pixels.indices.dropFirst() where pixels[id] >= max(1, minimumArea) {
      last += 1
      ids[id] = last
    }
    for pixel in 0..<area {
      let id = ids[found[pixel]]
      planes[InstancePlanes.ids * area + pixel] = id
      planes[InstancePlanes.classes * area + pixel] =
        id == 0 ? 0 : Label(value(InstancePlanes.classes, pixel))
      planes[InstancePlanes.scores * area + pixel] =
        id == 0
        ? 0 : InstancePlanes.label(ofScore: Double(value(InstancePlanes.scores, pixel)))
    }
  }
}
