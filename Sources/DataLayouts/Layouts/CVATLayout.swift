internal import Datasets
internal import Groundwork

/// CVAT's own format, "CVAT for images 1.1": an XML file with the shapes of every image.
enum CVATLayout: DataLayout {
  static let name = "cvat"
  static let about = "annotations.xml of CVAT for images 1.1 and for video 1.1"
  static let description = """
    Polygons, boxes and masks cover the pixels that pycocotools gives them, as in CVAT's own export of \
    segmentation masks, and lie over each other by their z_order. Classes are background and the labels of \
    the task in their order, with their colors. Subsets of a project are the parts. Ellipses cover what \
    OpenCV's ellipse gives them. Tracks of a video are drawn into every frame that they are not outside of; between frames \
    that the file has, boxes and ellipses move straight on. Lines, points and skeletons cover no area and are left out. Segmentation mask 1.1 is read by experiments import voc.
    """

  private static func files(of folder: SourceFolder) -> [String] {
    folder.files(under: "", endings: ["xml"]).filter { file in
      let text = FileEnds.text(folder.full(file))
      return text.contains("<annotations") && (text.contains("<meta") || text.contains("<image "))
    }
  }

  static func recognize(_ folder: SourceFolder) -> String? {
    files(of: folder).first.map { "\($0) holds annotations of CVAT" }
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let names = files(of: folder)
    guard !names.isEmpty else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no annotations.xml: export the task as CVAT for images 1.1, with its images"))
    }
    let problems = Problems()
    let omissions = Omissions()
    var numbers = ClassNumbers()
    var others: Set<String> = []
    var found: [CVATImage] = []
    var frames: [(video: CVATVideo, frame: Int, file: String)] = []
    var owners: [String: String] = [:]
    for name in names {
      let path = folder.full(name)
      var video = CVATVideo(path: path)
      _ = problems.collect { () throws(DataError) in
        try XMLReader.read(path, elements: ["meta", "image", "track"]) {
          element throws(DataError) in
          switch element.name {
          case "meta": add(labelsOf: element, to: &numbers)
          case "track":
            let track = try CVATTrack(element, of: path)
            for (reason, line) in track.omitted { omissions.add(reason, at: "\(path):\(line)") }
            if let label = track.shownLabel { others.insert(label) }
            video.add(track)
          default:
            guard let image = CVATImage(element, path) else {
              return problems.add(
                path, line: element.line, "an image has no name, width or height: export it again")
            }
            for shape in element.children {
              if let reason = CVATShape.omission(of: shape) {
                if !reason.isEmpty { omissions.add(reason, at: "\(path):\(shape.line)") }
              } else if let label = shape["label"] {
                others.insert(label)
              } else {
                problems.add(
                  path, line: shape.line, "a \(shape.name) has no label: export it again")
              }
            }
            if let place = find(image, name, in: folder, problems) {
              if let other = owners.updateValue(name, forKey: place) {
                problems.add(
                  path, line: image.line,
                  "image \(image.name) is \(folder.full(place)), which \(other) lists too: list it once"
                )
              }
              var image = image
              image.file = place
              found.append(image)
            }
          }
        }
      }
      guard !video.isEmpty else { continue }
      let found = Self.frames(of: name, in: folder)
      if found.isEmpty {
        problems.add(
          path, line: 1,
          "is CVAT for video, whose images frame_000000 and so on are nowhere in \(folder.path): export "
            + "the task with its images")
      }
      for (frame, file) in found {
        if let other = owners.updateValue(name, forKey: file) {
          problems.add(
            path, line: 1,
            "\(folder.full(file)) is also a frame of \(other): put each video into a folder of its own"
          )
        }
        frames.append((video, frame, file))
      }
    }
    try problems.throwIfAny()
    for label in others.sorted() { numbers.add(label) }
    let classes = numbers
    var dataSet = AnnotatedDataSet(
      classes: classes.classes,
      samples: found.map { image in
        AnnotatedSample(
          part: image.subset.flatMap(SourceFolder.part(in:)), image: folder.full(image.file),
          truth: .drawn(
            Drawing(size: image.size, place: AnnotationPlace(file: image.path, line: image.line)) {
              canvas throws(LayoutError) in
              try image.draw(on: &canvas, classes)
            }))
      }
        + frames.map { video, frame, file in
          AnnotatedSample(
            part: nil, image: folder.full(file),
            truth: .drawn(
              Drawing(size: nil, place: AnnotationPlace(file: video.path, line: 1)) {
                canvas throws(LayoutError) in
                try video.draw(frame: frame, on: &canvas, classes)
              }))
        })
    dataSet.warnings = omissions.warnings
    return dataSet
  }

  /// Labels stand in the task, the job or the project, skeletons' parts among them.
  private static func add(labelsOf meta: XMLElement, to numbers: inout ClassNumbers) {
    for holder in meta.children {
      for label in holder.child("labels")?.children ?? [] where label.child("parent") == nil {
        guard let name = label.child("name")?.text, !name.isEmpty else { continue }
        let isSkeleton = label.child("type")?.text == "skeleton"
        if !isSkeleton {
          numbers.add(name, label.child("color").flatMap { RGB(hexadecimal: $0.text) })
        }
      }
    }
  }

  /// The images of a video, which lie beside its file or in `images`.
  private static func frames(
    of name: String, in folder: SourceFolder
  ) -> [(frame: Int, file: String)] {
    let own = SourceFolder.folder(of: name)
    return folder.files(under: own, endings: SourceFolder.imageEndings)
      .compactMap { file in CVATVideo.frame(of: file).map { ($0, file) } }
      .sorted { $0.frame < $1.frame }
  }

  private static func find(
    _ image: CVATImage, _ name: String, in folder: SourceFolder, _ problems: Problems
  ) -> String? {
    let own = SourceFolder.folder(of: name)
    let images = own.isEmpty ? "images" : "\(own)/images"
    let near =
      (image.subset.map { ["\(images)/\($0)", "\(images)/\($0.lowercased())"] } ?? []) + [
        images, own, "",
      ]
    switch folder.find(image.name, near: near) {
    case .one(let file): return file
    case .none:
      problems.add(
        image.path, line: image.line,
        "image \(image.name) is nowhere in \(folder.path): export the task with its images, or put them "
          + "into images/")
    case .several(let places):
      problems.add(
        image.path, line: image.line,
        "image \(image.name) may be \(places.prefix(3).joined(separator: " or ")): keep one of them"
      )
    }
    return nil
  }
}

extension RGB {
  /// `#RRGGBB`.
  init?(hexadecimal text: String) {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    guard digits.count == 6, let code = Int(digits, radix: 16), code >= 0 else { return nil }
    self.init(code: code)
  }
}
