internal import Foundation
internal import Groundwork

/// An array of a Zarr store: found by what a list names, through the description of an image where a group
/// holds one.
struct ZarrNode {
  /// The folder of the array.
  let path: String
  let metadata: ZarrMetadata
  /// Names of the axes, in lower case, where the store gives any.
  private let names: [String]?
  /// Of the group's image.
  private let image: OMEImage?

  /// - Throws: ``ImageError`` where no array is there, or one that is not read.
  init(_ store: String, dataset: String) throws(ImageError) {
    try Self.requireFolder(store)
    let folder = dataset.split(separator: "/").reduce(store) { "\($0)/\($1)" }
    guard !dataset.split(separator: "/").contains("..") else {
      throw ImageError("names a place outside of the store")
    }
    if let found = try ZarrMetadata(folder) {
      (path, metadata, image) = (folder, found, nil)
      names = found.names
      return
    }
    guard let attributes = try ZarrMetadata.groupAttributes(folder) else {
      throw ImageError(
        "holds no Zarr array or group at '\(dataset.isEmpty ? "/" : dataset)'\(Self.hint(folder))")
    }
    guard let image = OMEImage(attributes) else {
      throw ImageError(
        "is a group of Zarr: name an array in it, \(Self.name(store)):/ARRAY\(Self.hint(folder))")
    }
    guard !image.path.split(separator: "/").contains("..") else {
      throw ImageError("names a place outside of the store")
    }
    let array = image.path.split(separator: "/").reduce(folder) { "\($0)/\($1)" }
    guard let found = try ZarrMetadata(array) else {
      throw ImageError("says that its image is in '\(image.path)', where there is no array")
    }
    (path, metadata, self.image) = (array, found, image)
    names = image.axes ?? found.names
  }

  /// What the store says its axes are; `nil` where it names no height and width.
  var axes: VolumeAxes? {
    guard let names, names.count == metadata.shape.count else { return nil }
    let letters = names.map { name in
      ["channel": "c", "channels": "c", "band": "c", "time": "t", "height": "y", "width": "x"][name]
        ?? String(name.prefix(1))
    }
    return VolumeAxes(letters.joined())
  }

  func facts(_ plan: AxisPlan) -> VolumeFacts {
    var facts = VolumeFacts()
    guard let image, let scale = image.scale, scale.count == metadata.shape.count else {
      return facts
    }
    facts.spacing = VolumeFacts.Spacing(
      slices: plan.slices.last.map { scale[$0] } ?? 1, height: scale[plan.height],
      width: scale[plan.width], unit: image.unit(of: plan.width))
    return facts
  }

  private static func requireFolder(_ path: String) throws(ImageError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw ImageError(
        errno == ENOENT
          ? "does not exist: correct the path or data.root" : String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw ImageError(
        "is a file, but Zarr is read from a folder of chunks: unpack it where it is a zip "
          + "(unzip -d \(name(path)) ARCHIVE)")
    }
  }

  private static func name(_ path: String) -> String { (path as NSString).lastPathComponent }

  /// Some of the arrays that are there.
  private static func hint(_ folder: String) -> String {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let arrays = found.filter { !$0.hasPrefix(".") && $0 != "zarr.json" }.sorted().prefix(5)
    return arrays.isEmpty ? "" : "; there is \(arrays.joined(separator: ", "))"
  }
}

/// What the attributes of a group say of the image that it holds in several resolutions (OME-Zarr 0.4, 0.5).
private struct OMEImage {
  /// Of the array in full resolution, which is the first.
  let path: String
  /// In lower case.
  let axes: [String]?
  /// Of a voxel, for each axis.
  let scale: [Double]?
  private let units: [String]

  init?(_ attributes: [String: JSONValue]) {
    let scales = attributes["multiscales"] ?? attributes["ome"]?["multiscales"]
    guard let image = scales?[0], let first = image["datasets"]?[0],
      case .text(let path)? = first["path"]
    else { return nil }
    self.path = path
    guard case .list(let axes)? = image["axes"] else {
      (self.axes, units, scale) = (nil, [], nil)
      return
    }
    self.axes = axes.map { ($0["name"]?.text ?? $0.text ?? "?").lowercased() }
    units = axes.map { $0["unit"]?.text ?? "" }
    func numbers(_ transformations: JSONValue?) -> [Double]? {
      guard case .list(let all)? = transformations else { return nil }
      guard case .list(let factors)? = all.first(where: { $0["type"]?.text == "scale" })?["scale"]
      else { return nil }
      let found = factors.compactMap(\.number)
      return found.count == axes.count ? found : nil
    }
    let own = numbers(first["coordinateTransformations"])
    let common = numbers(image["coordinateTransformations"])
    scale = own.map { own in common.map { zip(own, $0).map(*) } ?? own } ?? common
  }

  func unit(of axis: Int) -> String {
    guard axis < units.count else { return "" }
    return LengthUnit.name(units[axis])
  }
}
