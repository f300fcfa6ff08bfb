package import Groundwork

/// Everything that a training knows of its data: loaded, checked, counted.
package struct SegmentationData: Sendable {
  package let train: Dataset
  package let validation: Dataset
  /// Names in the order of their ids.
  package let classes: [String]
  package var truth: Truth { train.truth }
  /// The class statistics of the training labels, as they are trained on.
  package let classStatistics: ClassStatistics
  /// The mean and the standard deviation of values in 0…1, for each channel:
  /// normalized = (value − mean) / deviation.
  package var mean: [Float] { train.normalizer.mean.map(Float.init) }
  package var deviation: [Float] { train.normalizer.deviation.map(Float.init) }
  /// The fingerprints of the training samples and of the validation samples.
  package let fingerprints: [Fingerprint]
  /// Of the volumes that images are slices of; `nil` where these do not say it.
  package let voxels: VoxelExtents?
  /// Reads images without labels as these were read.
  package let imageReader: ImageReader

  /// Reads and checks every file once, on all cores; the result does not depend on their number.
  ///
  /// - Parameters:
  ///   - seed: the seed of the random choice of validation samples, where there is one.
  ///   - cacheBytes: how much memory decoded pixels and labels may take: of the first samples, those
  ///     to train on before the others, as many are kept as fit.
  ///   - progress: told how many samples of how many are read, in the order of the lists.
  /// - Throws: ``DataError`` with everything that is wrong.
  package static func load(
    _ configuration: DataConfiguration, seed: UInt64, cacheBytes: Int = 2 << 30,
    progress: ((_ done: Int, _ total: Int) -> Void)? = nil
  ) throws(DataError) -> SegmentationData {
    try configuration.check()
    if case .generated(let scenes, let folder) = configuration.source {
      try scenes.write(to: folder)
    }
    let reader = SampleReader(configuration)
    let catalogue = try Catalogue(configuration, seed: seed).readable(as: configuration, reader)
    let samples = catalogue.samples
    let look = FirstLook(
      configuration, reader, trainingSamples: catalogue.train.count, cacheBytes: cacheBytes)
    var summary = LoadingSummary(configuration, catalogue)
    SampleReader.forEach(samples) { sample, index, buffers throws(DataError) in
      try look.read(sample, at: index, &buffers)
    } receive: { index, result in
      summary.add(result, at: index)
      progress?(index + 1, samples.count)
    }
    return try summary.finish(reader: reader, look.counted.statistics)
  }
}

/// What the first reading of a sample found out.
struct CheckedSample: Sendable {
  let facts: SampleFacts
  let kept: LoadedSample?
  /// True where any pixel counts.
  let isLabelled: Bool
  /// `nil` where the sample is not trained on; without pixels where these are counted already.
  let statistics: (pixels: PixelStatistics?, classes: ClassStatistics)?
}

/// Reads samples for the first time, each without regard to the others.
struct FirstLook: Sendable {
  private let reader: SampleReader
  private let configuration: DataConfiguration
  private let trainingSamples: Int
  private let cacheBytes: Int
  /// The pixels of what is trained on where they are integers.
  let counted = CountedPixels()

  init(
    _ configuration: DataConfiguration, _ reader: SampleReader, trainingSamples: Int,
    cacheBytes: Int
  ) {
    self.reader = reader
    self.configuration = configuration
    self.trainingSamples = trainingSamples
    self.cacheBytes = cacheBytes
  }

  func read(
    _ sample: ListedSample, at index: Int, _ buffers: inout SampleBuffers
  ) throws(DataError) -> CheckedSample {
    let (loaded, facts) = try reader.read(sample, &buffers)
    var statistics: (pixels: PixelStatistics?, classes: ClassStatistics)?
    let count = configuration.classes.count
    let tally = configuration.reading.tally(buffers.shapedMask, classes: count)
    if index < trainingSamples, configuration.geometry.trains(on: tally) {
      buffers.count(loaded.raster)
      let pixels = buffers.pixelStatistics.dependsOnOrder ? buffers.pixelStatistics : nil
      if pixels == nil { counted.add(buffers.pixelStatistics) }
      var classes = ClassStatistics(classes: count)
      classes.add(tally)
      statistics = (pixels, classes)
    }
    // All samples are of one size, or nothing comes of them.
    let values = configuration.reading.labelValues(classes: count)
    let fits = (index + 1) * loaded.keptBytes(labelValues: values) <= cacheBytes
    return CheckedSample(
      facts: facts, kept: fits ? loaded.copy(labelValues: values) : nil,
      isLabelled: tally.labelled > 0, statistics: statistics)
  }
}

/// What accumulates while the samples of a data set come in, in the order of their lists.
private struct LoadingSummary {
  private let configuration: DataConfiguration
  private let catalogue: Catalogue
  /// The samples that train, by their places, of which too little is labelled to train on them.
  private var leftOut: Set<Int> = []
  private var problems = ProblemList()
  private var sizes: SizeAgreement
  private var values: ValueAgreement
  /// Of images that are not counted together; `nil` before the first.
  private var pixels: PixelStatistics?
  private var classes: ClassStatistics
  /// The classes that the labels of each sample to train on show, where draws depend on them.
  private var shownClasses: [[Int]] = []
  /// Which of the balanced classes each of them holds, by their places, where there are any.
  private var held: [[Int]] = []
  /// True once a sample to validate has a pixel that counts.
  private var validates = false
  private var digests: [SampleDigest] = []
  /// The facts of all samples, or of the slices of their patches; `nil` for one that could not be read.
  private var facts: [SampleFacts?] = []
  private var kept: [LoadedSample?] = []

  init(_ configuration: DataConfiguration, _ catalogue: Catalogue) {
    self.configuration = configuration
    self.catalogue = catalogue
    sizes = SizeAgreement(configuration.geometry)
    values = ValueAgreement(configuration)
    classes = ClassStatistics(classes: configuration.classes)
    let count = catalogue.samples.count
    digests.reserveCapacity(count)
    facts.reserveCapacity(count)
    kept.reserveCapacity(count)
  }

  /// - Parameter index: the sample's index. The samples to train on come before the others.
  mutating func add(_ result: Result<CheckedSample, DataError>, at index: Int) {
    switch result {
    case .success(let checked):
      let isTrained = index < catalogue.train.count
      for (found, part) in zip(checked.facts.parts, catalogue.samples[index].parts) {
        facts.append(found)
        sizes.add(found.originalSize, part)
        values.add(found, part)
      }
      guard !isTrained || checked.statistics != nil else {
        leftOut.insert(index)
        return
      }
      if !isTrained, checked.isLabelled { validates = true }
      digests.append(checked.facts.digest)
      kept.append(checked.kept)
      if let statistics = checked.statistics {
        if let own = statistics.pixels {
          if pixels == nil { pixels = own } else { pixels?.add(own) }
        }
        classes.add(statistics.classes)
        if configuration.sampling?.balancesClasses == true {
          shownClasses.append(
            statistics.classes.pixels.indices.filter {
              statistics.classes.pixels[$0] > 0
            })
        }
        if !configuration.balance.isEmpty {
          held.append(configuration.heldClasses(statistics.classes))
        }
      }
    case .failure(let error):
      facts += catalogue.samples[index].parts.map { _ in nil }
      problems.add(error.problems)
    }
    // Nothing will come of them: free the memory.
    if !problems.all.isEmpty || !sizes.problems.isEmpty { kept = [] }
  }

  /// The samples that are trained on.
  private var train: [ListedSample] {
    guard !leftOut.isEmpty else { return catalogue.train }
    return catalogue.train.indices.filter { !leftOut.contains($0) }.map { catalogue.train[$0] }
  }

  /// - Parameter counted: what was counted of all images together.
  func finish(
    reader: SampleReader, _ counted: PixelStatistics?
  ) throws(DataError) -> SegmentationData {
    let train = train
    var problems =
      problems.all + RepeatedImages(catalogue.parts, facts).problems + sizes.problems
      + values.problems
    if problems.isEmpty, train.isEmpty { problems = [.noPatchToTrainOn] }
    if problems.isEmpty, classes.pixels.allSatisfy({ $0 == 0 }) {
      problems = [.noLabel(of: "training", configuration.reading)]
    }
    if problems.isEmpty, !validates { problems = [.noLabel(of: "validation")] }
    if problems.isEmpty, !configuration.balance.isEmpty {
      let known = Set(held.joined())
      problems = configuration.balance.enumerated().filter { !known.contains($0.offset) }
        .map { .nothingHolds($0.element) }
    }
    guard problems.isEmpty, let extent = sizes.extent, let pixels = pixels ?? counted else {
      throw DataError(problems)
    }
    let normalizer = configuration.normalizer(pixels, depths: values.depths)
    let weights = train.map(DrawWeight.init)
    func dataset(
      _ samples: [ListedSample], _ range: Range<Int>, draws: SampleDraws? = nil
    ) -> Dataset {
      Dataset(
        extent: extent, stack: configuration.stack, normalizer: normalizer, reader: reader,
        samples: samples,
        digests: Array(digests[range]), kept: Array(kept[range]),
        draws: draws, reading: configuration.reading, classes: configuration.classes.count)
    }
    let (training, all) = (train.count, digests.count)
    return SegmentationData(
      train: dataset(
        train, 0..<training,
        draws: .of(
          configuration.sampling, weights: weights, classes: shownClasses, statistics: classes,
          balance: configuration.balance, held: held)),
      validation: dataset(catalogue.validation, training..<all), classes: configuration.classes,
      classStatistics: classes, fingerprints: catalogue.parts.fingerprints(facts),
      voxels: VoxelExtents(of: catalogue.samples),
      imageReader: ImageReader(configuration))
  }
}
