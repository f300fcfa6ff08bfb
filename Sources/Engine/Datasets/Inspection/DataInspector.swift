internal import Groundwork

/// Looks at data before anything is trained on it: every file once, however many trials share it.
package final class DataInspector {
  private let cache: InspectionCache
  private var looked: [ListKey: LookedList] = [:]

  package init(cache: InspectionCache = InspectionCache(folder: nil)) { self.cache = cache }

  /// Looks at the lists and at every file, which finds everything that
  /// ``SegmentationData/load(_:seed:cacheBytes:progress:)`` would.
  ///
  /// Generated scenes that have not been drawn yet are taken at their word.
  ///
  /// - Parameters:
  ///   - seed: the seed of the random choice of validation samples, where there is one.
  ///   - reading: what decides what is made of the files, in words: what is remembered of another
  ///     reading is not believed of this one.
  /// - Throws: ``DataError`` with everything that is wrong.
  package func inspect(
    _ configuration: DataConfiguration, seed: UInt64, reading: String = ""
  ) throws(DataError) -> DataInspection {
    try configuration.check()
    let reading = "\(configuration.reading.task)\n\(reading)\(configuration.reading.settings)"
    if case .generated(let scenes, let folder) = configuration.source {
      try scenes.check()
      guard scenes.areComplete(in: folder) else { return try scenes.inspection(configuration) }
      try scenes.verify(in: folder)
    }
    var lists: [LookedList] = []
    let catalogue: Catalogue
    do throws(DataError) {
      catalogue = try Catalogue(configuration, seed: seed) { list throws(DataError) in
        lists.append(try look(at: list, configuration, reading))
        return lists[lists.count - 1].listing
      }
    } catch {
      // What is wrong with the lists hides nothing that is wrong with their files.
      var problems = ProblemList()
      for list in lists { problems.add(list.problems) }
      problems.add(error.problems)
      throw DataError(problems.all)
    }
    // They were looked at in their order.
    let train = lists.prefix(configuration.trainingSources.parts.count).flatMap(\.contents)
    let others = lists.dropFirst(configuration.trainingSources.parts.count).flatMap(\.contents)
    let validation = catalogue.groups == nil ? others : train
    return try inspect(
      catalogue, configuration,
      catalogue.train.map { train[$0.number] } + catalogue.validation.map { validation[$0.number] })
  }

  /// - Parameter contents: what is in the samples that train, then in those that validate.
  private func inspect(
    _ catalogue: Catalogue, _ configuration: DataConfiguration,
    _ contents: [Result<SampleContent, DataError>]
  ) throws(DataError) -> DataInspection {
    var problems = ProblemList()
    var sizes = SizeAgreement(configuration.geometry)
    var values = ValueAgreement(configuration)
    var labels = (
      train: LabelTable(classes: configuration.classes.count),
      validation: LabelTable(classes: configuration.classes.count)
    )
    var parts = (train: 0, validation: 0)
    let samples = catalogue.samples
    var facts: [SampleFacts?] = []
    var largest = Size(height: 0, width: 0)
    var greatestArea = 0
    for (index, sample) in samples.enumerated() {
      do throws(DataError) {
        let content = try contents[index].get()
        facts.append(content.facts)
        sizes.add(content.facts.originalSize, sample)
        values.add(content.facts, sample)
        greatestArea = max(greatestArea, content.facts.originalSize.area)
        if index < catalogue.train.count {
          labels.train.add(content.labels)
          parts.train += content.trainedParts
        } else {
          labels.validation.add(content.labels)
          let size = content.facts.originalSize
          parts.validation += configuration.geometry.parts(of: size)
          largest = Size(
            height: max(largest.height, size.height), width: max(largest.width, size.width))
        }
      } catch {
        facts.append(nil)
        problems.add(error.problems)
      }
    }
    if configuration.geometry.cutsVolumes, facts.allSatisfy({ $0 != nil }) {
      parts = catalogue.patchesOfVolumes(
        configuration.geometry, facts.compactMap { $0?.originalSize })
    }
    let repeated = RepeatedImages(catalogue, facts)
    problems.add(repeated.problems)
    problems.add(sizes.problems)
    problems.add(values.problems)
    if problems.all.isEmpty {
      if parts.train == 0 { problems.add([.noPatchToTrainOn]) }
      // A pixel that is of no class is judged but teaches nothing.
      let taught =
        configuration.reading.masksHoldClasses
        ? labels.train.labelledPixels : labels.train.pixels.reduce(0, +)
      if taught == 0 { problems.add([.noLabel(of: "training", configuration.reading)]) }
      if labels.validation.labelledPixels == 0 { problems.add([.noLabel(of: "validation")]) }
      problems.add(
        configuration.balance.filter { balance in
          configuration.classes.firstIndex(of: balance.name)
            .map { labels.train.pixels[$0] == 0 } ?? false
        }.map { .nothingHolds($0) })
    }
    guard problems.all.isEmpty, let extent = sizes.extent else {
      throw DataError(problems.all, warnings: catalogue.warnings + repeated.warnings)
    }
    var inspection = DataInspection(
      trainingSamples: parts.train, validationSamples: parts.validation, extent: extent,
      channels: configuration.channels)
    if case .patches = configuration.geometry { inspection.stitchedSize = largest }
    (inspection.depth, inspection.values) = (values.depth, values.texts)
    inspection.voxels = VoxelExtents(of: samples)
    let isChunked = samples.contains { $0.files.contains { $0.slice?.isInChunks == true } }
    inspection.chunkBytes = isChunked ? ChunkCache.shared.capacity : 0
    inspection.decodedBytes = greatestArea * configuration.decodedPixelBytes(values.depth)
    if configuration.stack.points != nil {
      let kept = PointMemory.bytes(of: samples.compactMap(\.images[0].points))
      (inspection.chunkBytes, inspection.decodedBytes) = (kept.all, kept.reading)
    }
    inspection.labelBytes = configuration.keptLabelBytes
    inspection.drawnPerEpoch = configuration.sampling?.samplesPerEpoch
    inspection.fingerprints = catalogue.fingerprints(facts)
    inspection.labels = .init(train: labels.train, validation: labels.validation)
    inspection.warnings =
      catalogue.warnings + repeated.warnings
      + configuration.warnings(labels.train, labels.validation)
    return inspection
  }

  // MARK: - Lists

  private struct LookedList {
    let listing: Listing
    /// By the samples' numbers.
    let contents: [Result<SampleContent, DataError>]

    var problems: [DataProblem] {
      contents.flatMap { content -> [DataProblem] in
        guard case .failure(let error) = content else { return [] }
        return error.problems
      }
    }
  }

  /// What a list is read by; what is made of its samples for others is another matter.
  private struct ListKey: Hashable {
    let list: SampleList
    /// By its bytes.
    let name: FilePath
    let root: FilePath?
    let regions: FilePath?
    let stack: ImageStack
    let masks: Int
    let reading: String
  }

  private func look(
    at list: SampleList, _ configuration: DataConfiguration, _ reading: String
  ) throws(DataError) -> LookedList {
    let key = ListKey(
      list: list, name: FilePath(list.name), root: configuration.root.map(FilePath.init),
      regions: configuration.regions.map(FilePath.init), stack: configuration.stack,
      masks: configuration.reading.masks(classes: configuration.classes.count),
      reading: reading)
    if let known = looked[key] { return known }
    let listing = try Listing(list, configuration)
    let path = FilePath(FilePath.resolve(listing.name, in: listing.folder))
    let found = LookedList(
      listing: listing, contents: look(at: listing, as: path, configuration, reading))
    looked[key] = found
    return found
  }

  /// - Parameter path: what the list is remembered as.
  /// - Returns: what is in each sample, by its number.
  private func look(
    at list: Listing, as path: FilePath, _ configuration: DataConfiguration, _ reading: String
  ) -> [Result<SampleContent, DataError>] {
    let before = cache.load(for: path)
    let reader = SampleReader(configuration)
    let files = FileStamps()
    let (samples, unreadable) = list.samples.probed {
      before.recall($0, reading: reading, files) == nil
    }
    var now = InspectionMemory()
    var contents: [Result<SampleContent, DataError>] = []
    SampleReader.forEach(samples) { sample, index, buffers throws(DataError) in
      if let problem = unreadable[index] { throw DataError(problem) }
      let stamps = sample.files.map { files.stamp(of: $0) }
      if let known = before.recall(sample, reading: reading, files) { return (known, stamps) }
      return (try reader.look(at: sample, &buffers), stamps)
    } receive: { index, result in
      if case .success((let content, let stamps)) = result {
        now.remember(list.samples[index], content, stamps: stamps, reading: reading)
      }
      contents.append(result.map(\.0))
    }
    // Where no thread could be started none was looked at but the first, which says so.
    while contents.count < samples.count, let last = contents.last { contents.append(last) }
    now.forget(files.outdated)
    let all = before.merging(now)
    if all != before { cache.save(all, for: path) }
    return contents
  }
}

extension Catalogue {
  /// How many patches the volumes have that its samples are slices of.
  ///
  /// - Parameter sizes: of the slices that train, then of those that validate.
  fileprivate func patchesOfVolumes(
    _ geometry: DataConfiguration.Geometry, _ sizes: [Size]
  ) -> (train: Int, validation: Int) {
    func count(_ slices: [ListedSample], from first: Int) -> Int {
      slices.volumes.reduce(0) {
        $0 + geometry.parts(of: sizes[first + $1.lowerBound], slices: $1.count)
      }
    }
    return (count(train, from: 0), count(validation, from: train.count))
  }
}
