internal import Groundwork
internal import Learning

/// What is kept of a predicted image until the files about all images are written.
struct ImageSummary: Sendable {
  /// What its results are called.
  let name: String
  /// What it is called as a file.
  let fileName: String
  let size: Size
  /// How many pixels each class has.
  let pixels: [Int]
  /// How many objects each class has; `nil` where it makes none, as the background.
  let objectCounts: [Int?]
  var objects: [ImageObject]

  /// - Parameters:
  ///   - labels: `[H, W]` of class ids, or `[K, H, W]` of 0 and 1.
  ///   - hasPlanes: tells that there is a plane for each class.
  ///   - classes: K.
  init(
    name: String, fileName: String, labels: [Label], size: Size, hasPlanes: Bool, classes: Int,
    objects: [ImageObject]
  ) {
    var pixels = [Int](repeating: 0, count: classes)
    if hasPlanes {
      for (place, label) in labels.enumerated() where label == 1 { pixels[place / size.area] += 1 }
    } else {
      for label in labels where Int(label) < classes { pixels[Int(label)] += 1 }
    }
    var counts = [Int?](repeating: 0, count: classes)
    if !hasPlanes { counts[0] = nil }
    for object in objects { counts[object.classID]? += 1 }
    (self.name, self.fileName, self.size) = (name, fileName, size)
    (self.pixels, self.objects, objectCounts) = (pixels, objects, counts)
  }
}
