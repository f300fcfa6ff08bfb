internal import Datasets
internal import Groundwork

/// A mask for each object in a folder for each image, as the Data Science Bowl of 2018 has them:
/// `ID/images/ID.png` and `ID/masks/*.png`.
enum ObjectMasksLayout: DataLayout {
  static let name = "object-masks"
  static let about = "a mask file for each object, as Kaggle's Data Science Bowl of 2018 has them"
  static let description = """
    Beside a folder images with one image lies a folder masks, in which every file is an object: its pixels \
    are those that are not 0. Files later in the order of their names lie on top of earlier ones. There is one \
    class besides the background. Images without a folder masks are written into unlabelled.txt.
    """
  static let options: Set<LayoutOption> = [.instances]

  /// An image, or several by mistake, with the masks of its objects; of all folders that hold any.
  private struct Pair {
    let parent: String
    var images: [String] = []
    /// `nil` where there is no folder of masks.
    var masks: [String]?
  }

  private static func pairs(in folder: SourceFolder) -> [Pair] {
    var pairs: [String: Pair] = [:]
    for file in folder.files(under: "", endings: SourceFolder.imageEndings) {
      let own = SourceFolder.folder(of: file)
      let parent = SourceFolder.folder(of: own)
      switch SourceFolder.name(of: own) {
      case "images": pairs[parent, default: Pair(parent: parent)].images.append(file)
      case "masks":
        pairs[parent, default: Pair(parent: parent)].masks = (pairs[parent]?.masks ?? []) + [file]
      default: continue
      }
    }
    return pairs.values.filter { !$0.images.isEmpty }
      .sorted { $0.parent.utf8.lexicographicallyPrecedes($1.parent.utf8) }
  }

  /// One image beside each folder of masks: else that holds a mask for each of several images.
  static func recognize(_ folder: SourceFolder) -> String? {
    let labelled = pairs(in: folder).filter { $0.masks != nil }
    guard let first = labelled.first, labelled.allSatisfy({ $0.images.count == 1 }),
      !first.parent.isEmpty
    else { return nil }
    return "\(first.parent) holds an image in images, and masks of its objects in masks"
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let pairs = pairs(in: folder)
    guard pairs.contains(where: { $0.masks != nil }) else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no folder with images/ and masks/ in it: name the folder in which each image has one of its own"
        ))
    }
    let problems = Problems()
    var samples: [AnnotatedSample] = []
    for pair in pairs {
      guard let masks = pair.masks else {
        samples += pair.images.map { AnnotatedSample(image: folder.full($0), truth: .none) }
        continue
      }
      guard pair.images.count == 1 else {
        problems.add(
          folder.full(pair.parent),
          "images/ holds \(pair.images.count) images, and masks/ the objects of one: give each image a folder "
            + "of its own")
        continue
      }
      let objects = masks.map(folder.full)
      samples.append(
        AnnotatedSample(
          part: SourceFolder.part(in: SourceFolder.folder(of: pair.parent)),
          image: folder.full(pair.images[0]),
          truth: .drawn(
            Drawing(size: nil, place: AnnotationPlace(file: folder.full(pair.parent))) {
              canvas throws(LayoutError) in
              try draw(objects, on: &canvas)
            })))
    }
    try problems.throwIfAny()
    return AnnotatedDataSet(
      classes: [AnnotatedClass("background"), AnnotatedClass("object")], samples: samples)
  }

  private static func draw(_ files: [String], on canvas: inout Canvas) throws(DataError) {
    let problems = Problems()
    var number = 0
    for file in files {
      let raster: Raster
      do throws(ImageError) {
        raster = try ImageFile.image(try FileBytes.read(file))
      } catch {
        problems.add(file, error.reason)
        continue
      }
      guard raster.size == canvas.size else {
        problems.add(
          file,
          "is of \(raster.size), and its image of \(canvas.size): put the mask of that image here")
        continue
      }
      let bytes = raster.channels * raster.depth.bytes
      for pixel in 0..<raster.size.area
      where raster.pixels[pixel * bytes..<(pixel + 1) * bytes].contains(where: { $0 != 0 }) {
        let (row, column) = pixel.quotientAndRemainder(dividingBy: raster.size.width)
        canvas.region.insert(row: row, column: column)
      }
      guard !canvas.region.isEmpty else { continue }
      number += 1
      guard number <= Canvas.maximumInstances else {
        throw DataError(
          DataProblem(file: file, "an image has more than \(Canvas.maximumInstances) objects"))
      }
      canvas.paint(1, instance: UInt16(number))
    }
    try problems.throwIfAny()
  }
}
