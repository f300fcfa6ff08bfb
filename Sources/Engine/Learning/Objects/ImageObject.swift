package import Groundwork

/// An object of a prediction, which is a set of 8-connected pixels of one class: its measures and outline.
package struct ImageObject: Sendable, Hashable {
  /// The id of its class.
  package let classID: Int
  /// The number of its pixels.
  package private(set) var pixels = 0
  package private(set) var box: PixelBox
  /// The mean of its pixels' centres, in pixels from the left and from the top: those of the first pixel
  /// of an image are (0.5, 0.5).
  package var centroid: (x: Double, y: Double) {
    (Double(sums.columns) / Double(pixels) + 0.5, Double(sums.rows) / Double(pixels) + 0.5)
  }
  /// One for each part whose pixels hang together by their sides; none where nobody asked.
  package private(set) var polygons: [Polygon] = []

  /// How sure the prediction is of it, 0…1; `nil` where it does not say so.
  package private(set) var score: Double?

  private struct Sums: Hashable { var columns = 0, rows = 0 }
  private var sums = Sums()

  private init(classID: Int, row: Int, column: Int) {
    self.classID = classID
    box = PixelBox(left: column, top: row, right: column, bottom: row)
  }
}

/// A rectangle of whole pixels.
package struct PixelBox: Sendable, Hashable {
  /// The first column and row.
  package fileprivate(set) var left, top: Int
  /// One more than the last column and row.
  package fileprivate(set) var right, bottom: Int

  package var width: Int { right - left }
  package var height: Int { bottom - top }
}

extension ImageObject {
  /// The objects of an image: by class where a pixel may be of several, then in the order of their first
  /// pixels, row by row.
  ///
  /// - Parameters:
  ///   - labels: `[H, W]` of class ids, of which 0 makes no objects; or `[K, H, W]`, 1 where the pixel is
  ///     of the class.
  ///   - hasPlanes: tells that there is a plane for each class.
  ///   - isOutlined: asks for polygons.
  package static func all(
    in labels: [Label], size: Size, hasPlanes: Bool, isOutlined: Bool
  ) -> [ImageObject] {
    guard size.area > 0 else { return [] }
    return stride(from: 0, to: labels.count, by: size.area).flatMap { start in
      let plane = LabelledObjects(labels[start..<start + size.area], size)
      return all(plane, size, isOutlined: isOutlined) { hasPlanes ? start / size.area : Int($0) }
    }
  }

  /// The objects that ids tell apart, in the order of their first pixels.
  ///
  /// - Parameters:
  ///   - instances: `[3, H, W]` of a prediction, as ``InstancePlanes`` has them.
  ///   - isOutlined: asks for polygons.
  package static func all(
    instances: [Label], size: Size, isOutlined: Bool
  ) -> [ImageObject] {
    func plane(_ number: Int) -> ArraySlice<Label> {
      instances[number * size.area..<(number + 1) * size.area]
    }
    guard size.area > 0 else { return [] }
    let objects = LabelledObjects(
      ids: plane(InstancePlanes.ids), labels: plane(InstancePlanes.classes))
    let scores = LabelledObjects(
      ids: plane(InstancePlanes.ids), labels: plane(InstancePlanes.scores)
    ).labels.dropFirst()
    return zip(all(objects, size, isOutlined: isOutlined) { Int($0) }, scores).map {
      object, score in
      var object = object
      object.score = InstancePlanes.score(of: score)
      return object
    }
  }

  private static func all(
    _ plane: LabelledObjects, _ size: Size, isOutlined: Bool, classID: (Label) -> Int
  ) -> [ImageObject] {
    var objects = measured(plane, size, classID: classID)
    if isOutlined {
      for (object, polygons) in ObjectOutlines(plane, size).polygons.dropFirst().enumerated() {
        objects[object].polygons = polygons
      }
    }
    return objects
  }

  private static func measured(
    _ plane: LabelledObjects, _ size: Size, classID: (Label) -> Int
  ) -> [ImageObject] {
    var objects: [ImageObject] = []
    objects.reserveCapacity(plane.numbers.count)
    var pixel = 0
    for row in 0..<size.height {
      for column in 0..<size.width {
        let number = Int(plane.map[pixel])
        pixel += 1
        guard number > 0 else { continue }
        if number > objects.count {
          objects.append(
            ImageObject(classID: classID(plane.labels[number]), row: row, column: column))
        }
        objects[number - 1].add(row: row, column: column)
      }
    }
    return objects
  }

  /// Pixels come row by row.
  private mutating func add(row: Int, column: Int) {
    pixels += 1
    sums.columns += column
    sums.rows += row
    box.left = min(box.left, column)
    box.right = max(box.right, column + 1)
    box.bottom = row + 1
  }
}
