/// What a data set is, known without loading it.
public struct DataInspection: Sendable, Hashable {
  public let trainingSamples: Int
  public let validationSamples: Int
  /// After resizing or cutting.
  public let size: Size
  public let channels: Int
  /// Of the samples that are kept in memory.
  public var depth = PixelDepth.bits8
  /// What values images of more than 8 bits hold, where pixels were decoded.
  public var values: [String] = []
  /// Where an epoch does not take as many samples as there are to train on.
  var drawnPerEpoch: Int?

  /// How many samples an epoch of training takes.
  public var samplesPerEpoch: Int { drawnPerEpoch ?? trainingSamples }
}

extension DataInspection {
  /// The same list with another fold to validate: only how many samples train differs.
  ///
  /// - Precondition: a sample is an image, no patch.
  public func of(fold: Int, of folds: Int) -> DataInspection {
    let all = trainingSamples + validationSamples
    let validating = Split.places(fold, of: folds, count: all).count
    return DataInspection(
      trainingSamples: all - validating, validationSamples: validating, size: size,
      channels: channels, depth: depth, values: values, drawnPerEpoch: drawnPerEpoch)
  }
}

extension SegmentationData {
  /// Looks at the lists and at what every file says of itself; pixels are decoded only where
  /// `thorough`, which finds everything that ``load(_:seed:cacheBytes:progress:)`` would.
  ///
  /// Generated scenes that have not been drawn yet are taken at their word.
  ///
  /// - Throws: ``DataError`` with everything that is wrong.
  public static func inspect(
    _ configuration: DataConfiguration, seed: UInt64, thorough: Bool = false
  ) throws(DataError) -> DataInspection {
    try configuration.check()
    if case .generated(let scenes, let folder) = configuration.source {
      try scenes.check()
      if !scenes.areComplete(in: folder) { return try scenes.inspection(configuration) }
    }
    let reader = SampleReader(configuration)
    let geometry = configuration.geometry
    let catalogue = try Catalogue(configuration, seed: seed).cut(as: configuration, reader)
    var sizes = SizeAgreement(geometry)
    var values = ValueAgreement(configuration)
    var problems = ProblemList()
    var trainingSamples = catalogue.train.count
    let samples = catalogue.train + catalogue.validation
    SampleReader.forEach(samples) { sample, index, buffers throws(DataError) in
      guard thorough else {
        return LookedAt(size: try reader.inspect(sample, &buffers), facts: nil, isTrainedOn: true)
      }
      let (loaded, facts) = try reader.read(sample, &buffers)
      return LookedAt(
        size: facts.originalSize, facts: facts, isTrainedOn: geometry.trains(on: loaded.labels))
    } receive: { index, result in
      switch result {
      case .success(let looked):
        sizes.add(looked.size, samples[index])
        if let facts = looked.facts { values.add(facts, samples[index]) }
        if !looked.isTrainedOn, index < catalogue.train.count { trainingSamples -= 1 }
      case .failure(let error): problems.add(error.problems)
      }
    }
    problems.add(sizes.problems)
    problems.add(values.problems)
    if problems.all.isEmpty, trainingSamples == 0 { problems.add([.noPatchToTrainOn]) }
    guard problems.all.isEmpty, let size = sizes.size else { throw DataError(problems.all) }
    return DataInspection(
      trainingSamples: trainingSamples, validationSamples: catalogue.validation.count,
      size: size, channels: configuration.channels, depth: values.depth, values: values.texts,
      drawnPerEpoch: configuration.sampling?.samplesPerEpoch)
  }

  private struct LookedAt: Sendable {
    /// As the files store it.
    let size: Size
    /// `nil` where no pixel was decoded.
    let facts: SampleFacts?
    let isTrainedOn: Bool
  }
}

extension GeneratedScenes {
  fileprivate func inspection(
    _ configuration: DataConfiguration
  ) throws(DataError) -> DataInspection {
    var size = size
    var (train, validation) = (train, validation)
    switch configuration.geometry {
    case .original: break
    case .resize(let target): size = target
    case .crop(let target):
      guard target.height <= size.height, target.width <= size.width else {
        throw DataError(
          DataProblem("the generated scenes are \(size), too small for data.crop \(target)"))
      }
      size = target
    case .patches(let patches):
      let count = patches.patches(of: size, sharesOut: false).count
      (train, validation) = (train * count, validation * count)
      size = patches.size
    }
    return DataInspection(
      trainingSamples: train, validationSamples: validation, size: size,
      channels: configuration.channels,
      drawnPerEpoch: configuration.sampling?.samplesPerEpoch)
  }
}
