internal import Groundwork

/// Labelled samples that a network which was trained on others is judged by: read, checked and
/// fingerprinted.
package struct JudgedData: Sendable {
  package let dataset: Dataset
  /// Of what is judged, and of neighbouring slices that are seen beside it.
  package let fingerprints: [Fingerprint]

  /// Which samples.
  package enum Source: Sendable {
    /// Those that the training validates on; the seed of the choice, where there is one.
    case validation(seed: UInt64)
    /// Those of lists, whose paths are absolute.
    case list(SampleSources)
  }

  /// Reads and checks every file once, on all cores.
  ///
  /// - Parameters:
  ///   - configuration: how the training read its data.
  ///   - input: how the trained network is shown images.
  ///   - pixel: how large the pixels of images are that do not say it.
  ///   - cacheBytes: how much memory decoded pixels and labels may take.
  ///   - progress: told how many samples of how many are read.
  /// - Throws: ``DataError`` with everything that is wrong, also where images do not suit the network.
  package static func load(
    _ source: Source, _ configuration: DataConfiguration, input: TrainedInput,
    pixel: StatedExtent? = nil, cacheBytes: Int = 1 << 30,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(DataError) -> JudgedData {
    if case .generated(let scenes, let folder) = configuration.source {
      try scenes.write(to: folder)
    }
    let reader = SampleReader(configuration)
    let catalogue = try Catalogue(train: [], validation: try samples(source, configuration))
      .readable(as: configuration, reader)
    let look = FirstLook(configuration, reader, trainingSamples: 0, cacheBytes: cacheBytes)
    var summary = JudgedSummary(configuration, catalogue)
    SampleReader.forEach(catalogue.validation) { sample, index, buffers throws(DataError) in
      try look.read(sample, at: index, &buffers)
    } receive: { index, result in
      summary.add(result, at: index)
      progress(index + 1, catalogue.validation.count)
    }
    return try summary.finish(reader, input, pixel)
  }

  /// Checks that lists can be read, but not what their files hold.
  ///
  /// - Throws: ``DataError`` with every line that is wrong, or whose image is not there.
  package static func check(
    list sources: SampleSources, _ configuration: DataConfiguration
  ) throws(DataError) {
    var problems = ProblemList()
    for sample in try Listing(sources, configuration).samples where sample.images[0].shared == nil {
      do throws(ImageError) {
        try FileBytes.requireFile(sample.image)
      } catch {
        problems.add([sample.problem("image", sample.images[0], error)])
      }
    }
    guard problems.all.isEmpty else { throw DataError(problems.all) }
  }

  private static func samples(
    _ source: Source, _ configuration: DataConfiguration
  ) throws(DataError) -> [ListedSample] {
    switch source {
    case .validation(let seed): try Catalogue(configuration, seed: seed).validation
    case .list(let sources): try Listing(sources, configuration).samples
    }
  }
}

/// What accumulates while the samples come in, in the order of their list.
private struct JudgedSummary {
  private let configuration: DataConfiguration
  private let catalogue: Catalogue
  private var problems = ProblemList()
  private var sizes: SizeAgreement
  private var values: ValueAgreement
  private var isLabelled = false
  /// Of the samples, or of the slices of their patches.
  private var facts: [SampleFacts?] = []
  private var digests: [SampleDigest] = []
  private var kept: [LoadedSample?] = []

  init(_ configuration: DataConfiguration, _ catalogue: Catalogue) {
    self.configuration = configuration
    self.catalogue = catalogue
    sizes = SizeAgreement(configuration.geometry)
    values = ValueAgreement(configuration)
  }

  mutating func add(_ result: Result<CheckedSample, DataError>, at index: Int) {
    switch result {
    case .success(let checked):
      for (found, part) in zip(checked.facts.parts, catalogue.validation[index].parts) {
        facts.append(found)
        sizes.add(found.originalSize, part)
        values.add(found, part)
      }
      digests.append(checked.facts.digest)
      kept.append(checked.kept)
      isLabelled = isLabelled || checked.isLabelled
    case .failure(let error):
      facts += catalogue.validation[index].parts.map { _ in nil }
      problems.add(error.problems)
    }
  }

  func finish(
    _ reader: SampleReader, _ input: TrainedInput, _ pixel: StatedExtent?
  ) throws(DataError) -> JudgedData {
    var problems = problems.all + sizes.problems + values.problems
    if problems.isEmpty, !isLabelled { problems = [.noLabel(of: "judged")] }
    if problems.isEmpty, let depth = values.depths.max(), depth != input.normalizer.pixels.depth {
      problems = [
        DataProblem(
          "the images are \(depth.description), those that the network was trained on "
            + "\(input.normalizer.pixels.depth.description): save them in that depth")
      ]
    }
    guard problems.isEmpty, let extent = sizes.extent else { throw DataError(problems) }
    var dataset = Dataset(
      extent: extent, stack: configuration.stack, normalizer: input.normalizer, reader: reader,
      samples: catalogue.validation, digests: digests, kept: kept,
      reading: configuration.reading, classes: configuration.classes.count)
    if let pixel {
      try dataset.requireUse(of: pixel)
      dataset.stated = pixel.extents(
        ofImages: facts.compactMap { $0?.originalSize }, configuration.geometry)
    }
    return JudgedData(
      dataset: dataset,
      fingerprints: catalogue.parts.fingerprints(facts).filter { $0.name.hasPrefix("validation") })
  }
}
