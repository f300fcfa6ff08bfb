internal import Groundwork

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
