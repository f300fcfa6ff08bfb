internal import CKernels
internal import Groundwork

/// What the labels of a sample's masks show: pixels and objects of each class, and edges that no one drew.
package struct MaskCensus: Sendable, Hashable {
  /// Those that occur, ascending.
  package let labels: [LabelCount]
  package let ignored: UInt64
  package let all: UInt64
  /// How its edges came to be as they are.
  package let edges: Edges

  package struct LabelCount: Sendable, Hashable {
    /// The class id; where the classes are not known the value in the mask.
    package let value: Int
    package let pixels: UInt64
    /// Sets of pixels that touch at sides or corners.
    package let objects: Int
    /// Objects of fewer than ``MaskCensus/leastPixels``.
    package let specks: Int
  }

  package enum Edges: UInt64, Sendable, Hashable {
    case sharp
    /// Values between those of the objects lie along their edges: the mask was resized or drawn smoothly.
    case antialiased
    /// Values around those of the objects lie along edges and beyond: the mask was a JPEG.
    case compressed
  }

  /// Smaller objects are more often slips of a tool than things.
  package static let leastPixels = 10

  package var labelled: UInt64 { all - ignored }

  init(labels: [LabelCount], ignored: UInt64, all: UInt64, edges: Edges) {
    (self.labels, self.ignored, self.all, self.edges) = (labels, ignored, all, edges)
  }
}

extension MaskCensus {
  /// - Parameters:
  ///   - values: what each label stands for; of a plane for each class, of the plane.
  ///   - isPlanes: whether there is a plane for each class, which holds 1 where the pixel is of it.
  init(_ planes: LabelPlanes, values: [Int], isPlanes: Bool, edges: Edges) {
    let area = planes.size.area
    var counts: [LabelCount] = []
    if isPlanes {
      for (plane, value) in values.enumerated() {
        let own = Array(planes.labels[plane * area..<(plane + 1) * area])
        let count = Self.count(own, planes.size, labels: 2)[1]
        if count.pixels > 0 {
          counts.append(
            LabelCount(
              value: value, pixels: count.pixels, objects: count.objects, specks: count.specks))
        }
      }
    } else {
      // Objects are numbered from label 1 on, and class 0 has objects too.
      let shifted = [Label].filled(count: area) { ck_labels_from_one(planes.labels, area, $0) }
      for (label, count) in Self.count(shifted, planes.size, labels: values.count + 1).enumerated()
      where label > 0 && count.pixels > 0 {
        counts.append(
          LabelCount(
            value: values[label - 1], pixels: count.pixels, objects: count.objects,
            specks: count.specks))
      }
    }
    labels = counts.sorted { $0.value < $1.value }
    ignored = UInt64(area - planes.labelledPixels)
    all = UInt64(area)
    self.edges = edges
  }

  /// Of each label its pixels and, from 1 on, its objects.
  private static func count(
    _ labels: [Label], _ size: Size, labels count: Int
  ) -> [(pixels: UInt64, objects: Int, specks: Int)] {
    let area = size.area
    var map = [Int32](repeating: 0, count: area)
    var scratch = map
    let objects = ck_objects(labels, Int32(size.height), Int32(size.width), 1, &map, &scratch)
    let none = [UInt64](repeating: 0, count: count)
    var (pixels, inner, found, specks) = (none, none, none, none)
    ck_label_census(
      labels, Int32(size.height), Int32(size.width), Int32(count), &pixels, &inner)
    scratch.resize(to: Int(objects) + 1)
    ck_objects_of_labels(
      map, labels, area, objects, Int32(leastPixels), &found, &specks, &scratch)
    return (0..<count).map { (pixels[$0], Int(found[$0]), Int(specks[$0])) }
  }
}

/// What a mask's file holds, numbered: label i stands for the i-th of the values that occur.
struct NumberedValues {
  /// Ascending.
  let values: [Int]
  let plane: LabelPlanes

  /// - Returns: `nil` where there are more values than labels.
  init?(_ mask: MaskValues, asColours: Bool) {
    let area = mask.size.area
    var numbers: [Int: Label] = [:]
    var (last, label) = (Int?.none, Label(0))
    var labels = [Label](repeating: 0, count: area)
    for pixel in 0..<area {
      let value = mask.value(at: pixel) * (asColours && mask.kind == .bytes ? 0x010101 : 1)
      // Neighbours mostly have one value.
      if value != last {
        if let known = numbers[value] {
          label = known
        } else {
          guard numbers.count < Int(Labels.ignoreIndex) else { return nil }
          label = Label(numbers.count)
          numbers[value] = label
        }
        last = value
      }
      labels[pixel] = label
    }
    let ascending = numbers.sorted { $0.key < $1.key }
    var places = [Label](repeating: 0, count: numbers.count)
    for (place, entry) in ascending.enumerated() { places[Int(entry.value)] = Label(place) }
    var plane = LabelPlanes()
    plane.reshape(mask.size)
    for pixel in 0..<area { plane.labels[pixel] = places[Int(labels[pixel])] }
    (values, self.plane) = (ascending.map(\.key), plane)
  }
}
