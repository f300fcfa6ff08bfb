/// Everything that a training knows of its data: loaded, checked, counted.
public struct SegmentationData: Sendable {
  public let train: Dataset
  public let validation: Dataset
  /// Names in the order of their ids.
  public let classes: [String]
  /// Of the training labels, as they are trained on.
  public let classStatistics: ClassStatistics
  /// Of values in 0…1, for each channel: normalised = (value − mean) / deviation.
  public let mean: [Float]
  public let deviation: [Float]
  /// Of the training and of the validation samples.
  public let fingerprints: [Fingerprint]

  /// Reads and checks every file once.
  ///
  /// - Parameters:
  ///   - seed: of the choice of validation samples, where there is one.
  ///   - cacheBytes: how much memory decoded pixels may take.
  ///   - progress: told how many samples of how many are read.
  /// - Throws: ``DataError`` with everything that is wrong.
  public static func load(
    _ configuration: DataConfiguration, seed: UInt64, cacheBytes: Int = 2 << 30,
    progress: ((_ done: Int, _ total: Int) -> Void)? = nil
  ) throws(DataError) -> SegmentationData {
    try configuration.check()
    if case .generated(let scenes, let folder) = configuration.source {
      try scenes.write(to: folder)
    }
    let catalogue = try Catalogue(configuration, seed: seed)
    var pass = LoadingPass(configuration, cacheBytes: cacheBytes)
    let total = catalogue.train.count + catalogue.validation.count
    for (index, sample) in (catalogue.train + catalogue.validation).enumerated() {
      pass.read(sample, trains: index < catalogue.train.count)
      progress?(index + 1, total)
    }
    return try pass.finish(catalogue)
  }
}

/// What accumulates while the files of a data set are read one after the other.
private struct LoadingPass {
  private let configuration: DataConfiguration
  private let reader: SampleReader
  private var budget: Int
  private var problems: [DataProblem] = []
  private var sizes: SizeAgreement
  private var pixels: PixelStatistics
  private var classes: ClassStatistics
  private var digests: [SampleDigest] = []
  private var kept: [LoadedSample?] = []

  init(_ configuration: DataConfiguration, cacheBytes: Int) {
    self.configuration = configuration
    reader = SampleReader(configuration)
    budget = cacheBytes
    sizes = SizeAgreement(configuration.geometry)
    pixels = PixelStatistics(channels: configuration.channels)
    classes = ClassStatistics(classes: configuration.classes.count)
  }

  mutating func read(_ sample: ListedSample, trains: Bool) {
    do throws(DataError) {
      let loaded = try reader.read(sample)
      sizes.add(loaded.originalSize, sample)
      if trains {
        pixels.add(loaded.raster.pixels)
        classes.add(loaded.labels)
      }
      digests.append(loaded.digest)
      budget -= loaded.raster.pixels.count + loaded.labels.count
      kept.append(budget >= 0 && problems.isEmpty ? loaded : nil)
    } catch {
      problems += error.problems
      kept = []  // Nothing will come of them: free the memory.
    }
  }

  func finish(_ catalogue: Catalogue) throws(DataError) -> SegmentationData {
    var problems = problems + sizes.problems
    if problems.isEmpty, classes.pixels.allSatisfy({ $0 == 0 }) {
      problems = [DataProblem("no pixel of the training masks has a label: all are in data.ignore")]
    }
    guard problems.isEmpty, let size = sizes.size else { throw DataError(problems) }
    let normalization = configuration.normalization.resolved(pixels)
    func dataset(_ samples: [ListedSample], _ range: Range<Int>) -> Dataset {
      Dataset(
        size: size, channels: configuration.channels, mean: normalization.mean,
        deviation: normalization.deviation, reader: reader, samples: samples,
        digests: Array(digests[range]), kept: Array(kept[range]))
    }
    let (training, all) = (catalogue.train.count, digests.count)
    return SegmentationData(
      train: dataset(catalogue.train, 0..<training),
      validation: dataset(catalogue.validation, training..<all), classes: configuration.classes,
      classStatistics: classes, mean: normalization.mean, deviation: normalization.deviation,
      fingerprints: [
        Fingerprint(name: "train", samples: Array(digests[..<training])),
        Fingerprint(name: "validation", samples: Array(digests[training...])),
      ])
  }
}
