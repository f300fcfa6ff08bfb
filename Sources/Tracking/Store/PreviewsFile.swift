internal import Foundation
internal import HDF5
internal import Measurements

/// Previews as HDF5: groups `images/<n>` with the attribute `name` and the datasets `image` and `truth`, and
/// groups `evaluations/<step>` with the attributes `step` and `epoch` and a dataset `<n>` for each image. Every
/// dataset holds the bytes of a PNG.
enum PreviewsFile {
  static let format = "experiments previews"
  static let version = 1
  /// Far above what is written.
  static let limit = 1 << 30

  static func encode(_ previews: PreviewRecord) throws(HDF5Error) -> Data {
    let file = try HDF5File()
    try file.root.setAttribute("format", to: format)
    try file.root.setAttribute("format_version", to: version)
    try write(previews, in: file.root)
    return try file.image()
  }

  static func write(_ previews: PreviewRecord, in group: HDF5Group) throws(HDF5Error) {
    var tree = HDF5Tree(group)
    for (number, image) in previews.images.enumerated() {
      let group = try tree.group(["images", name(number)])
      try group.setAttribute("name", to: image.name)
      try group.write(image.image, shape: [image.image.count], to: "image")
      try group.write(image.truth, shape: [image.truth.count], to: "truth")
    }
    for evaluation in previews.evaluations {
      let group = try tree.group(["evaluations", name(evaluation.point.step)])
      try group.setAttribute("step", to: evaluation.point.step)
      try group.setAttribute("epoch", to: evaluation.point.epoch)
      for (number, bytes) in evaluation.predictions.enumerated() {
        try group.write(bytes, shape: [bytes.count], to: name(number))
      }
    }
  }

  /// - Parameter bytes: whose digest has been checked.
  static func decode(_ bytes: Data) throws(HDF5Error) -> PreviewRecord {
    let root = try HDF5File(image: bytes).root
    try root.requireFormat(format, version: version)
    return try read(root)
  }

  static func read(_ root: HDF5Group) throws(HDF5Error) -> PreviewRecord {
    var previews = PreviewRecord(images: [], evaluations: [])
    let images = try root.group("images")
    for name in try images.names().sorted() {
      let group = try images.group(name)
      previews.images.append(
        PreviewRecord.Image(
          name: try group.textAttribute("name"),
          image: try group.dataset("image").read(UInt8.self),
          truth: try group.dataset("truth").read(UInt8.self)))
    }
    let evaluations = try root.group("evaluations")
    for name in try evaluations.names().sorted() {
      let group = try evaluations.group(name)
      let point = EvaluationPoint(
        step: try group.integerAttribute("step"), epoch: try group.numberAttribute("epoch"))
      var predictions: [[UInt8]] = []
      for number in previews.images.indices {
        predictions.append(try group.dataset(Self.name(number)).read(UInt8.self))
      }
      previews.evaluations.append(.init(point, predictions: predictions))
    }
    return previews
  }

  /// Sorts as the numbers do.
  private static func name(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }
}
