package import Datasets
internal import Foundation
internal import Groundwork

/// Writes a data set of another tool as this program reads it: lists, a file of classes, the masks that have
/// to be drawn, and images that have to be turned. Everything else is referred to where it lies.
package struct DataSetWriter {
  private let dataSet: AnnotatedDataSet
  private let source: SourceFolder
  /// Where it is going to be, which relative paths begin from.
  private let destination: String
  /// Where it is written until all of it is there.
  private let folder: String
  /// True where lines name a mask of ids besides that of classes.
  private let tellsObjects: Bool
  private let progress: (_ done: Int, _ all: Int) -> Void

  /// Masks have 16 bits, and the highest value never counts.
  private static let maximumClasses = 65_535

  package init(
    _ dataSet: AnnotatedDataSet, from source: SourceFolder, to destination: String,
    writingIn folder: String, tellsObjects: Bool = false,
    progress: @escaping (_ done: Int, _ all: Int) -> Void
  ) {
    (self.dataSet, self.source, self.destination) = (dataSet, source, destination)
    (self.folder, self.tellsObjects, self.progress) = (folder, tellsObjects, progress)
  }

  /// - Throws: ``DataError`` with everything that is wrong with any image or annotation.
  package func write() throws(DataError) -> WrittenDataSet {
    guard dataSet.classes.count <= Self.maximumClasses else {
      throw DataError(
        DataProblem(
          file: source.path,
          "has \(dataSet.classes.count) classes, and a mask holds at most \(Self.maximumClasses): "
            + "leave out those that nobody needs"))
    }
    var written = WrittenDataSet(classes: dataSet.classes)
    written.masks = dataSet.masks
    written.warnings = dataSet.warnings
    written.channels = dataSet.channels
    written.tellsObjects = tellsObjects
    written.ignoredColors = dataSet.ignoredColors.map(\.name)
    written.ignore = dataSet.hasDrawnMasks ? [dataSet.drawnIgnore] : dataSet.ignore
    let problems = Problems()
    var lists = PartLists(hasParts: dataSet.samples.contains { $0.part != nil })
    var names = UniqueNames()
    for (index, sample) in dataSet.samples.enumerated() {
      progress(index, dataSet.samples.count)
      _ = problems.collect { () throws(DataError) in
        try write(sample, into: &lists, &names, &written)
      }
    }
    progress(dataSet.samples.count, dataSet.samples.count)
    try problems.throwIfAny()
    try lists.settle(&written)
    try system { () throws(ImageError) in
      for (name, lines) in lists.files {
        try FileBytes.write(
          Array((lines.joined(separator: "\n") + "\n").utf8), to: "\(folder)/\(name)")
      }
      try FileBytes.write(
        Array(ClassFileText.text(dataSet.classes).utf8), to: "\(folder)/\(WrittenDataSet.classFile)"
      )
      if dataSet.masks == .colors {
        let colors = ClassFileText.text(dataSet.classes + dataSet.ignoredColors)
        try FileBytes.write(Array(colors.utf8), to: "\(folder)/\(WrittenDataSet.colorFile)")
      }
    }
    return written
  }

  private func write(
    _ sample: AnnotatedSample, into lists: inout PartLists, _ names: inout UniqueNames,
    _ written: inout WrittenDataSet
  ) throws(DataError) {
    var images = sample.images.map { RelativePath.from(destination, to: $0) }
    var (mask, boxes): (String?, String?)
    var instances = sample.instances.map { RelativePath.from(destination, to: $0) }
    switch sample.truth {
    case .none: break
    case .file(let path):
      mask = RelativePath.from(destination, to: path)
      if let head = try? ImageHead(path: sample.images[0]) { written.note(head) }
    case .drawn(let drawing):
      let drawn = try draw(drawing, of: sample.images[0])
      written.note(drawn.head)
      let stem = names.stem(for: relative(sample.images[0]))
      try make(drawn, stem)
      mask = "masks/\(stem).png"
      written.drawn += 1
      if drawn.canvas.boxes != nil { boxes = "boxes/\(stem).txt" }
      if drawn.canvas.hasInstances || tellsObjects { instances = "instances/\(stem).png" }
      if drawn.canvas.hasInstances { written.hasInstances = true }
      written.coveredObjects += drawn.canvas.covered.count
      if drawn.upright != nil {
        images[0] = "images/\(stem).png"
        written.turned += 1
      }
    }
    let ids = tellsObjects ? instances : nil
    guard let line = ListLines.line(images, mask, ids: ids, boxes: boxes) else {
      throw DataError(
        DataProblem(
          file: sample.images[0],
          "its path holds a quote or a line end, which no list can name: rename it"))
    }
    lists.add(
      line, tellsObjects ? nil : instances.flatMap { ListLines.line(images, $0) }, sample.part,
      isLabelled: mask != nil)
  }

  private func relative(_ path: String) -> String {
    path.hasPrefix(source.path + "/") ? String(path.dropFirst(source.path.count + 1)) : path
  }

  // MARK: Masks

  private struct Drawn {
    let head: ImageHead
    let canvas: Canvas
    let upright: Raster?
  }

  private func draw(_ drawing: Drawing, of image: String) throws(DataError) -> Drawn {
    let head: ImageHead
    do throws(ImageError) {
      head = try ImageHead(path: image)
    } catch {
      throw DataError(DataProblem(file: image, error.reason))
    }
    // Tools show images as EXIF says; who did not, says the size of the file.
    let size = drawing.size ?? head.shownSize
    guard size == head.shownSize || size == head.size else {
      throw DataError(
        DataProblem(
          file: drawing.place.file, line: drawing.place.line,
          "its image \(image) is of \(head.shownSize), but it says \(size): put the image in its place "
            + "that was annotated"))
    }
    var canvas = Canvas(size: size)
    try drawing.draw(&canvas)
    guard head.orientation > 1 else { return Drawn(head: head, canvas: canvas, upright: nil) }
    do throws(ImageError) {
      guard let turned = TurnedJPEG(try FileBytes.read(image)) else {
        throw ImageError("changed while it was read")
      }
      let upright =
        size == head.shownSize ? try turned.upright() : try ImageFile.image(turned.bytes)
      return Drawn(head: head, canvas: canvas, upright: upright)
    } catch {
      throw DataError(DataProblem(file: image, error.reason))
    }
  }

  private func make(_ drawn: Drawn, _ stem: String) throws(DataError) {
    let palette = ClassPalette(
      classes: dataSet.classes.map(\.name),
      colours: Dictionary(
        dataSet.classes.compactMap { entry in entry.color.map { (entry.name, $0) } }
      ) { $1 })
    try system { () throws(ImageError) in
      try makeFolder(of: "masks/\(stem)")
      try MaskFile.write(
        drawn.canvas.classes, drawn.canvas.size, to: "\(folder)/masks/\(stem).png", palette: palette
      )
      if drawn.canvas.hasInstances || tellsObjects {
        try makeFolder(of: "instances/\(stem)")
        try MaskFile.write(
          drawn.canvas.instances, drawn.canvas.size, to: "\(folder)/instances/\(stem).png",
          palette: nil)
      }
      if let boxes = drawn.canvas.boxes {
        try makeFolder(of: "boxes/\(stem)")
        try FileBytes.write(
          Array(BoxFile(boxes).text.utf8), to: "\(folder)/boxes/\(stem).txt")
      }
      if let upright = drawn.upright {
        try makeFolder(of: "images/\(stem)")
        try ImageFile.write(upright, to: "\(folder)/images/\(stem).png")
      }
    }
  }

  private func makeFolder(of name: String) throws(ImageError) {
    let path = SourceFolder.folder(of: "\(folder)/\(name)")
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ImageError(file: path, "cannot be made: \(FileBytes.systemWords(for: error))")
    }
  }

  private func system(_ body: () throws(ImageError) -> Void) throws(DataError) {
    do throws(ImageError) {
      try body()
    } catch {
      var problem = DataProblem(file: error.file, error.reason)
      problem.isOfTheSystem = true
      throw DataError(problem)
    }
  }
}

extension Canvas {
  var hasInstances: Bool { instances.contains { $0 > 0 } }
}

/// Names of masks: those of their images, and where two would be the same the ending of one too.
private struct UniqueNames {
  private var taken: Set<String> = []

  mutating func stem(for image: String) -> String {
    let parts = image.split(separator: "/").filter { $0 != ".." && $0 != "." }
    let whole = parts.joined(separator: "/")
    var stem = SourceFolder.withoutEnding(whole)
    if taken.contains(stem) { stem = whole }
    var number = 2
    while taken.contains(stem) {
      stem = "\(whole)-\(number)"
      number += 1
    }
    taken.insert(stem)
    return stem
  }
}
