internal import DataLayouts
internal import Datasets
import Foundation
internal import Groundwork

/// Writes a data set of weak labels: lists, masks of class ids and files of boxes. Images are referred to where they
/// lie. The validation and test masks stay whole.
struct WeakLabelsExport {
  let configuration: DataConfiguration
  let seed: UInt64
  let labels: WeakLabels
  /// The folder that it is going to be, which paths in lists begin from.
  let destination: String

  /// More classes do not leave the value 255 of masks free, which never counts.
  static let maximumClasses = 255
  static let ignored = 255

  /// - Parameter folder: where it is written.
  /// - Returns: what the training labels say.
  func write(
    to folder: String, progress: (_ done: Int, _ all: Int) -> Void
  ) throws -> WeakLabelsTally {
    let classes = configuration.classes.count
    guard configuration.reading.masksHoldClasses, classes <= Self.maximumClasses else {
      throw Failure(
        .badInput,
        "error: weak labels are of one class a pixel, and of \(Self.maximumClasses) classes at most: the spec has "
          + "task: \(configuration.reading.task) and \(classes) classes")
    }
    var images = try LabelledImages(configuration, seed: seed)
    let test = try configuration.heldOut.map {
      try LabelledImages.samples(of: $0, configuration)
    }
    let parts = [("train", images.train), ("val", images.validation), ("test", test ?? [])]
    let all = parts.reduce(0) { $0 + $1.1.count }
    var tally = WeakLabelsTally(classes: classes)
    var (names, problems, done): (Set<String>, [DataProblem], Int) = ([], [], 0)
    for (part, samples) in parts where !samples.isEmpty {
      var lines: [String] = []
      for sample in samples {
        progress(done, all)
        done += 1
        do throws(DataError) {
          let (image, read) = try images.read(sample)
          let file = try Self.file(of: sample)
          let name = DataExport.name(of: sample, &names)
          let full = Array(read.prefix(image.size.area))
          let own: WeakLabels.Drawn
          if part == "train" {
            own = try draw(sample, image, full, ids: Self.ids(read, image.size), classes: classes)
            tally.add(own, of: full)
          } else {
            own = WeakLabels.Drawn(labels: full, boxes: nil, objects: 0)
          }
          guard problems.isEmpty else { continue }
          lines.append(try write(own, file, "\(part)/\(name)", image.size, folder))
        } catch {
          problems += error.problems
        }
      }
      try WholeFolder.write(lines.joined(separator: "\n") + "\n", to: "\(folder)/\(part).txt")
    }
    guard problems.isEmpty else { throw DataError(problems) }
    try WholeFolder.write(
      configuration.classes.joined(separator: "\n") + "\n", to: "\(folder)/classes.txt")
    return tally
  }

  /// The ids of objects, where a task has them behind the classes.
  private static func ids(_ labels: [Label], _ size: Size) -> [Label]? {
    labels.count == 2 * size.area ? Array(labels[size.area...]) : nil
  }

  private static func file(of sample: ListedSample) throws(DataError) -> String {
    if let file = sample.wholeFile { return file }
    throw DataError(
      sample.problem(
        "image \(sample.imageName) is a slice of a volume or several files: weak labels are made of images that are "
          + "one file"))
  }

  private func draw(
    _ sample: ListedSample, _ image: Raster, _ full: [Label], ids: [Label]?, classes: Int
  ) throws(DataError) -> WeakLabels.Drawn {
    if labels.fill == .crf, labels.kept == .boxes,
      image.depth != .bits8 || ![1, 3].contains(image.channels)
    {
      throw DataError(
        sample.problem(
          "image \(sample.imageName) has \(image.channels) channels of \(image.depth.description), and a CRF looks "
            + "at 1 or 3 of 8 bits: fill box or inner"))
    }
    return labels.draw(
      full, ids: ids, given: try sample.readBoxes(image.size, classes: classes), image: image,
      number: sample.number, classes: classes)
  }

  /// - Returns: the line of the list.
  private func write(
    _ drawn: WeakLabels.Drawn, _ image: String, _ name: String, _ size: Size, _ folder: String
  ) throws(DataError) -> String {
    let ids = drawn.labels.map { $0 == Labels.ignoreIndex ? UInt16(Self.ignored) : $0 }
    let boxes = drawn.boxes.map { _ in "boxes/\(name).txt" }
    do {
      let place = ("\(folder)/masks/\(name)" as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try MaskFile.write(
        ids, size, to: "\(folder)/masks/\(name).png",
        palette: ClassPalette(classes: configuration.classes, colours: [:]))
      if let boxes, let found = drawn.boxes {
        try WholeFolder.write(BoxFile(found).text, to: "\(folder)/\(boxes)")
      }
    } catch {
      var problem = DataProblem("\(error)".replacing("error: ", with: ""))
      problem.isOfTheSystem = true
      throw DataError(problem)
    }
    let path = RelativePath.from(destination, to: image)
    guard let line = ListLines.line([path], "masks/\(name).png", boxes: boxes) else {
      throw DataError(
        DataProblem(
          file: image, "its path holds a quote or a line end, which no list can name: rename it"))
    }
    return line
  }
}
