package import Groundwork

/// What a data set is, known without training on it.
package struct DataInspection: Sendable, Hashable {
  package let trainingSamples: Int
  package let validationSamples: Int
  /// After resizing or cutting.
  package let extent: SpatialExtent
  package let channels: Int
  /// The largest image that validation patches are put together to; `nil` where samples are images.
  package var stitchedSize: Size?
  /// The depth of the samples that are kept in memory.
  package var depth = PixelDepth.bits8
  /// Bytes that the labels of a pixel take where samples are kept in memory, all planes together.
  package var labelBytes = 1
  /// What values images of more than 8 bits hold, where pixels were decoded.
  package var values: [String] = []
  /// Bytes of chunks of volumes, or of files of points, that are kept while slices or blocks are read.
  package internal(set) var chunkBytes = 0
  /// Bytes that a thread decodes the largest image and its masks into.
  package internal(set) var decodedBytes = 0
  /// Of the volumes that images are slices of; `nil` where these do not say it.
  package internal(set) var voxels: VoxelExtents?
  /// How many samples an epoch draws; `nil` where it takes as many as there are to train on.
  var drawnPerEpoch: Int?
  /// The fingerprints of what trains and of what validates, see ``Fingerprint/name``; empty for
  /// scenes that are not drawn yet.
  package internal(set) var fingerprints: [Fingerprint] = []
  /// What their masks hold; `nil` for scenes that are not drawn yet.
  package internal(set) var labels: LabelsFound?
  /// What may be a mistake.
  package internal(set) var warnings: [DataProblem] = []

  package struct LabelsFound: Sendable, Hashable, Codable {
    package let train: LabelTable
    package let validation: LabelTable
  }

  package init(trainingSamples: Int, validationSamples: Int, extent: SpatialExtent, channels: Int) {
    self.trainingSamples = trainingSamples
    self.validationSamples = validationSamples
    self.extent = extent
    self.channels = channels
  }

  package init(trainingSamples: Int, validationSamples: Int, size: Size, channels: Int) {
    self.init(
      trainingSamples: trainingSamples, validationSamples: validationSamples,
      extent: SpatialExtent(size), channels: channels)
  }

  /// How many samples an epoch of training takes.
  package var samplesPerEpoch: Int { drawnPerEpoch ?? trainingSamples }
}

extension DataConfiguration {
  /// What the masks hold that is rarely meant.
  package func warnings(_ train: LabelTable, _ validation: LabelTable) -> [DataProblem] {
    var warnings: [DataProblem] = []
    func warn(_ message: String) {
      warnings.append(DataProblem(setting: "classes", message))
    }
    let missing = { (table: LabelTable) in
      Set(self.classes.indices.filter { table.pixels[$0] == 0 })
    }
    let (here, there) = (missing(train), missing(validation))
    func names(_ ids: Set<Int>) -> String {
      let shown = ids.sorted().prefix(8).map { "\(classes[$0])" }.joined(separator: ", ")
      return (ids.count == 1 ? "class " : "classes ") + shown
        + (ids.count > 8 ? " and \(ids.count - 8) more" : "")
    }
    let nowhere = here.intersection(there)
    if !nowhere.isEmpty { warn("no mask holds a pixel of \(names(nowhere))") }
    if !here.subtracting(there).isEmpty {
      warn("no training mask holds a pixel of \(names(here.subtracting(there)))")
    }
    if !there.subtracting(here).isEmpty {
      warn("no validation mask holds a pixel of \(names(there.subtracting(here)))")
    }
    for (list, table) in [("training", train), ("validation", validation)]
    where table.unlabelledImages > 0 && reading.masksHoldClasses {
      let count = table.unlabelledImages
      warnings.append(
        DataProblem(
          "\(count) of \(table.allImages) \(list) masks \(count == 1 ? "has" : "have") no labelled "
            + "pixel"))
    }
    return warnings
  }
}

extension DataConfiguration.Geometry {
  /// Into how many samples an image of this size is cut, or a volume of such slices.
  package func parts(of size: Size, slices: Int = 1) -> Int {
    guard case .patches(let patches) = self else { return slices }
    let parts = patches.patches(of: size, sharesOut: false).count
    return parts * (patches.haveDepth ? patches.slabs(of: slices).count : slices)
  }

  /// True where samples are patches of volumes.
  var cutsVolumes: Bool {
    if case .patches(let patches) = self { patches.haveDepth } else { false }
  }
}

extension GeneratedScenes {
  /// What scenes will be that are not drawn yet.
  package func inspection(
    _ configuration: DataConfiguration
  ) throws(DataError) -> DataInspection {
    if case .crop(let target) = configuration.geometry,
      target.height > size.height || target.width > size.width
    {
      throw DataError(
        DataProblem("the generated scenes are \(size), too small for data.crop \(target)"))
    }
    let geometry = configuration.geometry
    let whole = size
    var extent = SpatialExtent(size)
    switch geometry {
    case .original: break
    case .resize(let target), .crop(let target): extent = SpatialExtent(target)
    case .patches(let patches): extent = patches.extent
    }
    var inspection = DataInspection(
      trainingSamples: geometry.parts(of: whole, slices: train),
      validationSamples: geometry.parts(of: whole, slices: validation), extent: extent,
      channels: configuration.channels)
    if case .patches = configuration.geometry { inspection.stitchedSize = whole }
    inspection.drawnPerEpoch = configuration.sampling?.samplesPerEpoch
    return inspection
  }
}
