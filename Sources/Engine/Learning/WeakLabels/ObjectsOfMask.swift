internal import CKernels
package import Groundwork

/// The objects of a full mask with the pixels of each: what weak labels are made of for experiments.
package struct ObjectsOfMask {
  package struct Object {
    package let label: Label
    /// By their places in the image, ascending; never empty.
    package let places: [Int]
  }

  package let size: Size
  /// Of every class, of class 0 too: sets of 8-connected pixels, or what ids tell apart.
  package let objects: [Object]
  /// `[H, W]`: the square of the distance to the nearest pixel that is not of the same object.
  let depths: [Int32]

  /// - Parameters:
  ///   - labels: `[H, W]` of classes.
  ///   - ids: `[H, W]`, which tell objects apart, 0 where there is none; `nil` where nothing does.
  package init(_ labels: [Label], ids: [Label]? = nil, size: Size) {
    self.size = size
    // Class 0 has pixels that hang together too.
    let shifted = labels.map { $0 == Labels.ignoreIndex ? 0 : $0 + 1 }
    let connected = LabelledObjects(
      (ids == nil ? shifted : shifted.map { $0 == 1 ? 1 : 0 })[...], size)
    let told = ids.map { LabelledObjects(ids: $0[...], labels: labels[...]) }
    var places = [[Int]](
      repeating: [], count: connected.labels.count + (told?.numbers.count ?? 0))
    var numbers = [Label](repeating: 0, count: size.area)
    for place in 0..<size.area {
      var number = Int(connected.map[place])
      if let told, told.map[place] > 0 {
        number = connected.labels.count - 1 + Int(told.map[place])
      }
      guard number > 0 else { continue }
      places[number].append(place)
      // Two objects whose numbers are the same here are hardly ever neighbors.
      numbers[place] = Label(1 + number % 65_000)
    }
    let classes =
      connected.labels.dropFirst().map { $0 - 1 } + (told?.labels.dropFirst() ?? [])
    objects = zip(classes, places.dropFirst()).compactMap { label, places in
      places.isEmpty || label == Labels.ignoreIndex ? nil : Object(label: label, places: places)
    }
    depths = Self.depths(numbers, size)
  }

  private static func depths(_ numbers: [Label], _ size: Size) -> [Int32] {
    let (height, width) = (Int32(size.height), Int32(size.width))
    let scratch = HostBuffer(bytes: ck_distance_scratch(height, width))
    return [Int32].filled(count: size.area) {
      ck_distance_to_others(numbers, 1, height, width, $0, scratch.start, 1)
    }
  }

  /// The pixels of an object that lie inside of it: at least half as deep as it is, or three pixels.
  func inside(_ object: Object) -> [Int] {
    let deepest = object.places.map { depths[$0] }.max() ?? 0
    let least = min(9, deepest / 4)
    return object.places.filter { depths[$0] >= least }
  }

  /// The boxes around the objects of all classes but 0.
  package var boxes: [LabelBox] {
    objects.filter { $0.label > 0 }.map { object in
      let columns = object.places.map { $0 % size.width }
      let (top, bottom) = (
        object.places[0] / size.width, object.places[object.places.count - 1] / size.width
      )
      return LabelBox(
        label: object.label, left: Double(columns.min() ?? 0), top: Double(top),
        right: Double((columns.max() ?? 0) + 1), bottom: Double(bottom + 1))
    }
  }
}
