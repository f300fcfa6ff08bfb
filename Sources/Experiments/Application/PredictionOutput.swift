import Foundation
internal import Datasets
internal import Groundwork
internal import HDF5
internal import Learning
internal import Tasks
internal import Training

/// What is written of a prediction.
enum PredictionOutput: String, CaseIterable, Codable {
  /// Class ids, with the classes' colours as their palette; of 16 bits where there are more than 256
  /// classes. Where a pixel may be of several classes, 0 and 255 for each. Where objects are told apart, the
  /// id of each in 16 bits.
  case mask
  /// The classes' colours.
  case color
  /// The colours over the image, with lines where classes meet; of objects that are told apart their boxes,
  /// classes and scores.
  case overlay
  /// HDF5, `probabilities` `[K, H, W]` in float32 with the names of the classes as its attribute.
  case probabilities
  /// A PNG of 16 bits for each class, 65535 for a probability of 1.
  case probabilityImages = "probability_images"
  /// The objects as GeoJSON.
  case polygons
}

extension SegmentationTask {
  /// True where a pixel may be of several classes, or of none.
  func hasPlanes(classes: Int) -> Bool { truth(classes: classes).form == .binaryPlanes }
}

/// Writes the predictions of images into a folder, under the names of the images.
struct PredictionWriter: Sendable {
  let folder: String
  let outputs: [PredictionOutput]
  let classes: [String]
  let palette: ClassPalette
  let task: any SegmentationTask
  var style = OverlayStyle()
  /// Which masks are no PNGs.
  var masks: MaskPlan
  /// Ids of more classes do not fit into a byte.
  private static let classesOfBytes = 256
  var hasMasksOfClasses: Bool { task.hasPlanes(classes: classes.count) }
  /// What probabilities are of: the classes, or what the task learns in their place.
  private var probable: [String] { task.reading.target(classes: classes)?.names ?? classes }

  /// The files of an image, in the folder.
  func files(of name: String, _ index: Int) -> [String] {
    outputs.flatMap { files(of: name, index, $0) }
  }

  private func files(of name: String, _ index: Int, _ output: PredictionOutput) -> [String] {
    switch output {
    case .mask:
      let (stem, ending) =
        masks.places[index].map { ($0.stack.name, $0.stack.format.ending) } ?? (name, ".png")
      return hasMasksOfClasses
        ? classes.map { "\(stem).\(Self.fileName($0))\(ending)" } : ["\(stem)\(ending)"]
    default: return files(of: name, output)
    }
  }

  private func files(of name: String, _ output: PredictionOutput) -> [String] {
    switch output {
    case .mask: []
    case .color, .overlay: ["\(name).\(output.rawValue).png"]
    case .probabilities: ["\(name).probabilities.h5"]
    case .probabilityImages: probable.map { "\(name).\(Self.fileName($0)).probability.png" }
    case .polygons: ["\(name).geojson"]
    }
  }

  /// The objects of an image, with polygons where these are written.
  func objects(in predicted: PredictedImage) -> [ImageObject] {
    task.objects(
      in: predicted.labels, size: predicted.size, isOutlined: outputs.contains(.polygons))
  }

  /// - Parameters:
  ///   - objects: with polygons; used for these.
  ///   - image: as the network saw it, in any size, in 8 bits; used for overlays.
  func write(
    _ predicted: PredictedImage, _ objects: [ImageObject], of image: Raster?, named name: String,
    _ index: Int
  ) throws {
    let parent = ("\(folder)/\(name)" as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    for output in outputs {
      let files = files(of: name, index, output).map { "\(folder)/\($0)" }
      switch output {
      case .mask: try writeMask(predicted, masks.places[index], to: files)
      case .color: try ImageFile.write(drawing(predicted, over: nil), to: files[0])
      case .overlay: try ImageFile.write(overlay(of: predicted, over: image), to: files[0])
      case .probabilities: try writeProbabilities(predicted, to: files[0])
      case .probabilityImages: try writeProbabilityImages(predicted, to: files)
      case .polygons:
        let text = GeoJSONFile(classes: classes, palette: palette).text(of: objects)
        try FileBytes.write(Array(text.utf8), to: files[0])
      }
    }
  }

  private func writeMask(
    _ predicted: PredictedImage, _ place: (stack: MaskStack, place: Int)?, to files: [String]
  ) throws {
    let (size, planes) = (predicted.size, planes(of: predicted))
    let hasIDs = task.objectIDs(predicted.labels, area: size.area) != nil
    if let (stack, place) = place {
      return try stack.add(
        place, size, planes, to: files, hasMasksOfClasses || hasIDs ? nil : palette)
    }
    for (file, pixels) in zip(files, planes) {
      if hasMasksOfClasses {
        try ImageFile.write(Raster(size: size, channels: 1, pixels: pixels), to: file)
      } else if hasIDs || classes.count > Self.classesOfBytes {
        try ImageFile.write(
          Raster(size: size, channels: 1, depth: .bits16, pixels: pixels), to: file)
      } else {
        try ImageFile.write(Mask(size: size, ids: pixels), to: file, palette: palette)
      }
    }
  }

  /// The pixels of each mask: of 8 bits, or of 16 where there are more classes.
  private func planes(of predicted: PredictedImage) -> [[UInt8]] {
    let (area, labels) = (predicted.size.area, predicted.labels)
    if let ids = task.objectIDs(labels, area: area) { return [ids.withUnsafeBytes { Array($0) }] }
    guard !hasMasksOfClasses else {
      return classes.indices.map { plane in
        labels[plane * area..<(plane + 1) * area].map { $0 == 1 ? 255 : 0 }
      }
    }
    if classes.count > Self.classesOfBytes { return [labels.withUnsafeBytes { Array($0) }] }
    return [labels.map { UInt8(truncatingIfNeeded: $0) }]
  }

  private func drawing(_ predicted: PredictedImage, over image: Raster?) -> Raster {
    task.drawing(of: predicted.labels, predicted.size, palette, over: image, style: style)
  }

  /// Objects that are told apart have their boxes, classes and scores; small images are larger for these.
  private func overlay(of predicted: PredictedImage, over image: Raster?) -> Raster {
    let (drawing, area) = (drawing(predicted, over: image), predicted.size.area)
    guard let ids = task.objectIDs(predicted.labels, area: area) else { return drawing }
    return ObjectMarks.drawn(
      task.objects(in: predicted.labels, size: predicted.size, isOutlined: false), ids: ids,
      colours: task.tint(predicted.labels, area: area, palette).colours, classes: classes,
      on: drawing, times: ObjectMarks.enlargement(of: predicted.size))
  }

  private func writeProbabilities(_ predicted: PredictedImage, to file: String) throws {
    guard let probabilities = predicted.probabilities else { return }
    let volume = try HDF5File()
    let size = predicted.size
    let shape = [probabilities.count / max(1, size.area), size.height, size.width]
    try volume.root.write(probabilities, shape: shape, to: "probabilities")
    try volume.root.setAttribute("classes", to: probable)
    try FileBytes.write(Array(volume.image()), to: file)
  }

  private func writeProbabilityImages(_ predicted: PredictedImage, to files: [String]) throws {
    guard let probabilities = predicted.probabilities else { return }
    let area = predicted.size.area
    for (plane, file) in files.enumerated() {
      let samples = probabilities[plane * area..<(plane + 1) * area].map { probability in
        UInt16((max(0, min(1, probability)) * Float(UInt16.max)).rounded())
      }
      let bytes = samples.withUnsafeBytes { Array($0) }
      try ImageFile.write(
        Raster(size: predicted.size, channels: 1, depth: .bits16, pixels: bytes), to: file)
    }
  }

  /// A class name as a part of a file's name.
  private static func fileName(_ text: String) -> String {
    String(text.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
  }
}
