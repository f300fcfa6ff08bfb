internal import CKernels
internal import Groundwork

/// The objects of one plane of labels, numbered from 1 in the order of their first pixels.
struct LabelledObjects {
  /// `[H, W]`: the number of the object that each pixel is of; 0 where the label is 0.
  let map: [Int32]
  /// The label and the number of pixels of each; index 0 is unused.
  private(set) var labels: [Label]
  private(set) var pixels: [Int]

  init(_ plane: ArraySlice<Label>, _ size: Size) {
    var map = [Int32](repeating: 0, count: plane.count)
    var parents = map
    let count = plane.withUnsafeBufferPointer { labels in
      Int(
        ck_objects(
          labels.baseAddress, Int32(size.height), Int32(size.width), 1, &map, &parents))
    }
    labels = Array(repeating: 0, count: count + 1)
    pixels = Array(repeating: 0, count: count + 1)
    for (pixel, label) in zip(map, plane) where pixel > 0 {
      labels[Int(pixel)] = label
      pixels[Int(pixel)] += 1
    }
    self.map = map
  }

  var numbers: Range<Int> { 1..<labels.count }
}

extension ImageLabels {
  /// Takes objects of a plane away: what each leaves becomes what most pixels beside it are of, the
  /// lowest class of equals, or 0 where objects that go too are all that is beside it.
  mutating func remove(
    _ objects: LabelledObjects, inPlaneAt start: Int, where isGone: (Int) -> Bool
  ) {
    let gone = (0..<objects.labels.count).map { $0 > 0 && isGone($0) }
    guard gone.contains(true) else { return }
    var beside: [Int: [Label: Int]] = [:]
    if !hasPlanes {
      for pixel in objects.map.indices {
        let object = Int(objects.map[pixel])
        guard gone[object] else { continue }
        for neighbour in Self.neighbours(of: pixel, size) where !gone[Int(objects.map[neighbour])] {
          beside[object, default: [:]][labels[start + neighbour], default: 0] += 1
        }
      }
    }
    let left = beside.mapValues { counts in
      counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? 0
    }
    for pixel in objects.map.indices where gone[Int(objects.map[pixel])] {
      labels[start + pixel] = left[Int(objects.map[pixel])] ?? 0
    }
  }
}
