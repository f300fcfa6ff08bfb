internal import Datasets
internal import Groundwork
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
  let decoder: any InstanceDecoder
  /// Pixels that an object has at least.
  let minimumArea: Int

  private let classMasks: ClassMasks

  init(task: String, decoder: any InstanceDecoder, minimumArea: Int) {
    (self.task, self.decoder, self.minimumArea) = (task, decoder, minimumArea)
    classMasks = ClassMasks(task: task)
  }

  var settings: String { "\(type(of: decoder).name) \(decoder.settings) \(minimumArea)" }
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

  func target(classes: [String]) -> TrainingTarget? { decoder.target(classes: classes) }

  func derive(
    _ labels: UnsafePointer<Label>, into derived: UnsafeMutablePointer<Label>, size: Size,
    classes: Int
  ) {
    let area = size.area
    let derivedClasses = derived + InstancePlanes.classes * area
    let ids = derived + InstancePlanes.ids * area
    let targets = derived + InstancePlanes.targets * area
    let objects = ObjectClasses(classes: labels, ids: labels + area, area: area, count: classes)
    for pixel in 0..<area {
      let (label, id) = (labels[pixel], labels[area + pixel])
      derivedClasses[pixel] = label
      if label == Labels.ignoreIndex || id == Labels.ignoreIndex {
        (derivedClasses[pixel], ids[pixel]) = (Labels.ignoreIndex, Labels.ignoreIndex)
      } else if id == 0 {
        ids[pixel] = label == 0 ? 0 : Labels.ignoreIndex
      } else if objects.classIDs[Int(id)] > 0, objects.pixels[Int(id)] >= minimumArea {
        (derivedClasses[pixel], ids[pixel]) = (objects.classIDs[Int(id)], id)
      } else {
        (derivedClasses[pixel], ids[pixel]) = (Labels.ignoreIndex, Labels.ignoreIndex)
      }
      targets[pixel] = ids[pixel] == Labels.ignoreIndex ? Labels.ignoreIndex : 0
    }
    decoder.writeTarget(ids: ids, classes: derivedClasses, count: classes, size: size, to: targets)
  }
}

/// Which class each object of an image is of.
private struct ObjectClasses {
  /// By id, 0 for one without a pixel of a class.
  private(set) var classIDs = [Label](repeating: 0, count: Int(Label.max) + 1)
  /// By id, those of an unknown class left out.
  private(set) var pixels = [Int](repeating: 0, count: Int(Label.max) + 1)

  /// - Parameters:
  ///   - classes, ids: `[H, W]`.
  ///   - count: K.
  init(classes: UnsafePointer<Label>, ids: UnsafePointer<Label>, area: Int, count: Int) {
    var places = [Int32](repeating: -1, count: Int(Label.max) + 1)
    var found: [Label] = []
    // Of each object, by class.
    var counts: [Int] = []
    for pixel in 0..<area {
      let (label, id) = (classes[pixel], ids[pixel])
      guard id != 0, id != Labels.ignoreIndex, label != Labels.ignoreIndex else { continue }
      if places[Int(id)] < 0 {
        places[Int(id)] = Int32(found.count)
        found.append(id)
        counts += Array(repeating: 0, count: count)
      }
      counts[Int(places[Int(id)]) * count + Int(label)] += 1
    }
    for (place, id) in found.enumerated() {
      let own = counts[place * count..<(place + 1) * count]
      let foreground = own.dropFirst()
      guard let most = foreground.max(), most > 0, let index = foreground.firstIndex(of: most)
      else { continue }
      classIDs[Int(id)] = Label(index - own.startIndex)
      pixels[Int(id)] = own.reduce(0, +)
    }
  }
}
