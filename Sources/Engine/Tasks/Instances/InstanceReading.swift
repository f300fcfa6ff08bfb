package import Datasets
package import Groundwork
internal import Learning

/// Two masks a sample: one of classes, and one with an id for each object.
///
/// What is judged follows from both once augmentations are done. An object is of the class that most of its
/// pixels have, the background left out. These are ignored: objects without a pixel of a class, objects of
/// which augmentations leave fewer than a number of pixels, and pixels of a class but of no object, which are
/// a crowd.
struct InstanceReading: TruthReading {
  let task: String
  let form = TruthForm.instances
  let masksHoldClasses = true
  let readsScenes = false
  let labelsMeanTheSame = false
  let derivesTruth = true
  /// What a network learns of each pixel; `nil` where it finds objects itself and learns of them.
  let target: InstanceTarget?
  /// Pixels that an object has at least.
  let minimumArea: Int

  private let classMasks: ClassMasks

  init(task: String, target: InstanceTarget?, minimumArea: Int) {
    (self.task, self.target, self.minimumArea) = (task, target, minimumArea)
    classMasks = ClassMasks(task: task)
  }

  var settings: String { "\(target.map { "\($0)" } ?? "detections") \(minimumArea)" }
  /// The background and one class at least.
  var classBounds: ClosedRange<Int> { classMasks.classBounds }

  func masks(classes: Int) -> Int { 2 }
  func planes(classes: Int) -> Int { 2 }
  func maskCodings(_ masks: MaskSettings) -> [MaskCoding] {
    classMasks.maskCodings(masks) + [.instances]
  }
  func labelValues(classes: Int) -> Int { InstancePlanes.largestID + 1 }
  func tally(_ labels: LabelPlanes, classes: Int) -> LabelTally {
    classMasks.tally(labels, classes: classes)
  }

  func derivedPlanes(classes: Int) -> Int { InstancePlanes.count }

  func target(classes: [String]) -> TrainingTarget? {
    target.map {
      TrainingTarget(names: $0.names(classes: classes), plane: InstancePlanes.targets)
    }
  }

  func derive(
    _ labels: UnsafePointer<Label>, into derived: UnsafeMutablePointer<Label>, size: Size,
    classes: Int
  ) {
    let area = size.area
    let derivedClasses = derived + InstancePlanes.classes * area
    let ids = derived + InstancePlanes.ids * area
    let targets = derived + InstancePlanes.targets * area
    let counts = ObjectClasses(classes: labels, ids: labels + area, area: area, count: classes)
    for pixel in 0..<area {
      let (label, id) = (labels[pixel], labels[area + pixel])
      derivedClasses[pixel] = label
      if label == Labels.ignoreIndex || id == Labels.ignoreIndex {
        (derivedClasses[pixel], ids[pixel]) = (Labels.ignoreIndex, Labels.ignoreIndex)
      } else if id == 0 {
        ids[pixel] = label == 0 ? 0 : Labels.ignoreIndex
      } else if let object = counts[id], object.pixels >= minimumArea {
        (derivedClasses[pixel], ids[pixel]) = (object.classID, id)
      } else {
        (derivedClasses[pixel], ids[pixel]) = (Labels.ignoreIndex, Labels.ignoreIndex)
      }
      targets[pixel] = ids[pixel] == Labels.ignoreIndex ? Labels.ignoreIndex : 0
    }
    target?.write(
      ids: ids, classes: derivedClasses, size: size, boundary: Label(classes), to: targets)
  }
}

/// Which class each object of an image is of.
private struct ObjectClasses {
  struct Object {
    let classID: Label
    let pixels: Int
  }

  private var objects: [Label: Object] = [:]

  /// - Parameters:
  ///   - classes, ids: `[H, W]`.
  ///   - count: K.
  init(classes: UnsafePointer<Label>, ids: UnsafePointer<Label>, area: Int, count: Int) {
    var places = [Int32](repeating: -1, count: Int(Label.max) + 1)
    var found: [Label] = []
    // Of each object, by class.
    var pixels: [Int] = []
    for pixel in 0..<area {
      let (label, id) = (classes[pixel], ids[pixel])
      guard id != 0, id != Labels.ignoreIndex, label != Labels.ignoreIndex else { continue }
      if places[Int(id)] < 0 {
        places[Int(id)] = Int32(found.count)
        found.append(id)
        pixels += Array(repeating: 0, count: count)
      }
      pixels[Int(places[Int(id)]) * count + Int(label)] += 1
    }
    for (place, id) in found.enumerated() {
      let counts = pixels[place * count..<(place + 1) * count]
      let foreground = counts.dropFirst()
      guard let most = foreground.max(), most > 0, let index = foreground.firstIndex(of: most)
      else { continue }
      objects[id] = Object(
        classID: Label(index - counts.startIndex), pixels: counts.reduce(0, +))
    }
  }

  /// `nil` for one without a pixel of a class.
  subscript(id: Label) -> Object? { objects[id] }
}
