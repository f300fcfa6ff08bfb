import Foundation
internal import Groundwork

/// A raw data set of nnU-Net 2: `imagesTr/NAME_0000.png`, `labelsTr/NAME.png`, `dataset.json`, and the parts
/// in `splits_final.json`.
struct NNUNetDataExport: DataExportFormat {
  static let name = "nnunet"
  static let about = "imagesTr, labelsTr, dataset.json and splits_final.json of nnU-Net 2, as PNGs"

  private let data: ExportedDataSet
  private let folder: String
  private var parts: [String: [String]] = [:]
  private var channels: Int?
  private var isRGB = false
  private var hasIgnored = false

  init(_ data: ExportedDataSet, folder: String) throws {
    guard !data.hasPlanes else {
      throw Failure(
        .badInput,
        "error: nnU-Net takes one class a pixel, and the spec's task has a mask for each class: export --to coco"
      )
    }
    (self.data, self.folder) = (data, folder)
  }

  mutating func write(_ image: ExportedImage) throws {
    let suffix = image.part == "test" ? "Ts" : "Tr"
    for kind in ["images", "labels"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(kind)\(suffix)", withIntermediateDirectories: true)
    }
    let raster = image.raster
    guard channels == nil || channels == raster.channels else {
      throw Failure(
        .badInput,
        "error: image \(image.name) has \(raster.channels) channels, others have \(channels ?? 0): write "
          + "data.channels, so that they have one number")
    }
    channels = raster.channels
    isRGB = raster.channels == 3
    let files = raster.channels == 1 || raster.channels == 3 ? 1 : raster.channels
    for channel in 0..<files {
      let name = "\(image.name)_\(String(10_000 + channel).dropFirst()).png"
      let part = files == 1 ? raster : raster.channels(channel..<channel + 1)
      try part.writePNG("\(folder)/images\(suffix)/\(name)", of: image.name)
    }
    try writeLabels(image, to: "\(folder)/labels\(suffix)/\(image.name).png")
    parts[image.part, default: []].append(image.name)
  }

  /// nnU-Net wants the number of what never counts behind those of the classes.
  private mutating func writeLabels(_ image: ExportedImage, to path: String) throws {
    let ignored = Label(data.classes.count)
    if image.labels.contains(Labels.ignoreIndex) { hasIgnored = true }
    let ids = image.labels.map { $0 == Labels.ignoreIndex ? ignored : $0 }
    if data.classes.count < 256 {
      try ImageFile.write(Mask(size: image.raster.size, ids: ids.map { UInt8($0) }), to: path)
    } else {
      let bytes = ids.withUnsafeBytes { Array($0) }
      try ImageFile.write(
        Raster(size: image.raster.size, channels: 1, depth: .bits16, pixels: bytes), to: path)
    }
  }

  private struct Description: Encodable {
    let channel_names: [String: String]
    let labels: [String: Int]
    let numTraining: Int
    let file_ending = ".png"
    let name: String
  }

  func finish() throws {
    let names = isRGB ? ["R", "G", "B"] : (0..<(channels ?? 1)).map { "channel \($0)" }
    var labels = Dictionary(
      uniqueKeysWithValues: data.classes.enumerated().map { ($0 == 0 ? "background" : $1, $0) })
    if hasIgnored { labels["ignore"] = data.classes.count }
    let (train, validation) = (parts["train"] ?? [], parts["val"] ?? [])
    let description = Description(
      channel_names: Dictionary(uniqueKeysWithValues: names.enumerated().map { (String($0), $1) }),
      labels: labels, numTraining: train.count + validation.count, name: data.experiment)
    try WholeFolder.write(JSONOutput.text(description) + "\n", to: "\(folder)/dataset.json")
    let split = ["train": train, "val": validation]
    try WholeFolder.write(JSONOutput.text([split]) + "\n", to: "\(folder)/splits_final.json")
  }

  var notes: [String] {
    [
      "nnU-Net looks for it as nnUNet_raw/Dataset001_NAME, with a number of three digits",
      "copy splits_final.json into nnUNet_preprocessed/Dataset001_NAME to validate with the same images",
    ]
  }
}
