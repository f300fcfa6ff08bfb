internal import Datasets
internal import Groundwork
internal import Tracking

extension InputRecord {
  init(_ input: TrainedInput, _ palette: ClassPalette) {
    let (normalizer, pixels) = (input.normalizer, input.normalizer.pixels)
    let statistics = input.classStatistics
    self.init(
      depth: input.extent.rank == 3 ? input.extent.depth : nil, height: input.extent.height,
      width: input.extent.width, samples: pixels.depth.typeName,
      channels: normalizer.mean.indices.map { channel in
        Channel(
          black: pixels.unit[channel].lower, white: pixels.unit[channel].upper,
          mean: normalizer.mean[channel], std: normalizer.deviation[channel],
          lowest: pixels.span[channel].lower, highest: pixels.span[channel].upper,
          missing: pixels.missing[channel])
      },
      fillsWithMean: normalizer.fillsWithMean,
      classes: statistics.names.indices.map { id in
        ClassCount(
          name: statistics.names[id], color: palette.colour(of: Label(id)).hexadecimal,
          pixels: statistics.pixels[id],
          pixelsOfImages: statistics.pixelsOfImagesWithClass[id])
      })
  }

  /// In the engine's words; `nil` where the samples are of a kind that this program does not know.
  var trainedInput: TrainedInput? {
    guard let depth = PixelDepth(typeName: samples) else { return nil }
    let pixels = PixelScale(
      depth: depth,
      unit: channels.map { DataConfiguration.ValueRange(lower: $0.black, upper: $0.white) },
      span: channels.map { DataConfiguration.ValueRange(lower: $0.lowest, upper: $0.highest) },
      missing: channels.map(\.missing))
    return TrainedInput(
      extent: self.depth.map { SpatialExtent(depth: $0, height: height, width: width) }
        ?? SpatialExtent(height: height, width: width),
      normalizer: Normalizer(
        mean: channels.map(\.mean), deviation: channels.map(\.std), of: pixels,
        fillsWithMean: fillsWithMean),
      classStatistics: ClassStatistics(
        pixels: classes.map(\.pixels), pixelsOfImagesWithClass: classes.map(\.pixelsOfImages),
        names: classes.map(\.name)))
  }
}

extension PixelDepth {
  private static let typeNames: [(depth: PixelDepth, name: String)] = [
    (.bits8, "uint8"), (.bits16, "uint16"), (.real, "float32"),
  ]

  /// As NumPy calls it.
  fileprivate var typeName: String {
    Self.typeNames.first { $0.depth == self }?.name ?? description
  }

  fileprivate init?(typeName: String) {
    guard let known = Self.typeNames.first(where: { $0.name == typeName }) else { return nil }
    self = known.depth
  }
}
