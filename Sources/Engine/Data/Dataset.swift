internal import CKernels

/// Samples of one size, checked, in the order of their list.
///
/// Decoded pixels are kept in memory as far as the budget went; the others are decoded again each
/// time, to the same pixels.
public struct Dataset: Sendable {
  /// Of every sample, after resizing or cropping.
  public let size: Size
  /// 1 (grey) or 3 (RGB).
  public let channels: Int
  /// Of values in 0…1, for each channel: normalised = (value − mean) / deviation.
  public let mean: [Float]
  public let deviation: [Float]
  let samples: [ListedSample]
  private let reader: SampleReader
  private let digests: [SampleDigest]
  private let kept: [LoadedSample?]

  init(
    size: Size, channels: Int, mean: [Float], deviation: [Float], reader: SampleReader,
    samples: [ListedSample], digests: [SampleDigest], kept: [LoadedSample?]
  ) {
    self.size = size
    self.channels = channels
    self.mean = mean
    self.deviation = deviation
    self.reader = reader
    self.samples = samples
    self.digests = digests
    self.kept = kept
  }

  public var count: Int { samples.count }

  /// Paths of the images as the list writes them.
  public var names: [String] { samples.map(\.imageName) }

  /// The sample before augmentation and normalisation, filled with the mean where augmentations
  /// reach beyond it.
  ///
  /// - Throws: ``DataError`` where the files had to be read again and have changed.
  public func sample(_ index: Int) throws(DataError) -> Sample {
    let loaded = try load(index)
    let image = [Float].filled(count: size.area * channels) { start in
      ck_planes_from_pixels(loaded.raster.pixels, start, size.area, Int32(channels))
    }
    return Sample(
      size: size, channels: channels, image: image, labels: loaded.labels,
      fill: mean.map { $0 * 255 })
  }

  /// The image for people to look at, as ``sample(_:)`` shows it to the network.
  public func image(_ index: Int) throws(DataError) -> Raster { try load(index).raster }

  /// `[H, W]`, ``Labels/ignored`` where nothing is known.
  public func labels(_ index: Int) throws(DataError) -> [UInt8] { try load(index).labels }

  private func load(_ index: Int) throws(DataError) -> LoadedSample {
    if let sample = kept[index] { return sample }
    let sample = try reader.read(samples[index])
    guard sample.digest == digests[index], sample.raster.size == size else {
      throw DataError(
        samples[index].problem(
          "image \(samples[index].imageName) or its mask has changed since the data was checked: "
            + "start again"))
    }
    return sample
  }
}
