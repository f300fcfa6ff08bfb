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

  /// The objects that ids tell apart; 0 and ignored pixels are of none.
  ///
  /// - Parameters:
  ///   - ids: `[H, W]`.
  ///   - labels: `[H, W]`: an object has that of its first pixel.
  init(ids: ArraySlice<Label>, labels given: ArraySlice<Label>) {
    var numbers = [Int32](repeating: 0, count: Int(Label.max) + 1)
    (labels, pixels) = ([0], [0])
    var map = [Int32](repeating: 0, count: ids.count)
    for (place, (id, label)) in zip(ids, given).enumerated()
    where id > 0 && id != Labels.ignoreIndex {
      if numbers[Int(id)] == 0 {
        numbers[Int(id)] = Int32(labels.count)
        labels.append(label)
        pixels.append(0)
      }
      map[place] = numbers[Int(id)]
      pixels[Int(map[place])] += 1
    }
    self.map = map
  }

  var numbers: Range<Int> { 1..<labels.count }
}
