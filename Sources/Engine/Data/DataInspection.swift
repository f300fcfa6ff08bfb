/// What a data set is, known without loading it.
public struct DataInspection: Sendable, Hashable {
  public let trainingSamples: Int
  public let validationSamples: Int
  /// After resizing or cropping.
  public let size: Size
  public let channels: Int
  /// Where an epoch does not take as many samples as there are to train on.
  var drawnPerEpoch: Int?

  /// How many samples an epoch of training takes.
  public var samplesPerEpoch: Int { drawnPerEpoch ?? trainingSamples }
}

extension DataInspection {
  /// The same list with another fold to validate: only how many samples train differs.
  public func of(fold: Int, of folds: Int) -> DataInspection {
    let all = trainingSamples + validationSamples
    let validating = Split.places(fold, of: folds, count: all).count
    return DataInspection(
      trainingSamples: all - validating, validationSamples: validating, size: size,
      channels: channels, drawnPerEpoch: drawnPerEpoch)
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
    let catalogue = try Catalogue(configuration, seed: seed)
    let reader = SampleReader(configuration)
    var sizes = SizeAgreement(configuration.geometry)
    var problems: [DataProblem] = []
    let samples = catalogue.train + catalogue.validation
    SampleReader.forEach(samples) { sample, _, buffers throws(DataError) in
      thorough
        ? try reader.read(sample, &buffers).facts.originalSize
        : try reader.inspect(sample, &buffers)
    } receive: { index, size in
      switch size {
      case .success(let size): sizes.add(size, samples[index])
      case .failure(let error): problems += error.problems
      }
    }
    problems += sizes.problems
    guard problems.isEmpty, let size = sizes.size else { throw DataError(problems) }
    return DataInspection(
      trainingSamples: catalogue.train.count, validationSamples: catalogue.validation.count,
      size: size, channels: configuration.channels,
      drawnPerEpoch: configuration.sampling?.samplesPerEpoch)
  }
}

extension GeneratedScenes {
  fileprivate func inspection(
    _ configuration: DataConfiguration
  ) throws(DataError) -> DataInspection {
    var size = size
    switch configuration.geometry {
    case .original: break
    case .resize(let target): size = target
    case .crop(let target):
      guard target.height <= size.height, target.width <= size.width else {
        throw DataError(
          DataProblem("the generated scenes are \(size), too small for data.crop \(target)"))
      }
      size = target
    }
    return DataInspection(
      trainingSamples: train, validationSamples: validation, size: size,
      channels: configuration.channels,
      drawnPerEpoch: configuration.sampling?.samplesPerEpoch)
  }
}
