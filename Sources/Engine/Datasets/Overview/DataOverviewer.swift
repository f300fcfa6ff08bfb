internal import Digest
internal import Groundwork

/// Looks at every file of a data set once, on all cores. What comes out does not depend on their number,
/// and of a sample that was read nothing is kept but some hundred bytes.
package struct DataOverviewer {
  private let source: OverviewSource
  private let cache: InspectionCache
  private let reading: String
  private let threads: Int

  /// - Parameters:
  ///   - reading: what decides what is made of the files, in words: what is remembered of another reading
  ///     is not believed of this one.
  package init(
    _ source: OverviewSource, cache: InspectionCache = InspectionCache(folder: nil),
    reading: String = "", threads: Int? = nil
  ) {
    (self.source, self.cache) = (source, cache)
    self.reading =
      (source.configuration.map { "\($0.reading.task) \($0.classes.count)" } ?? "values") + "\n"
      + reading
    self.threads = threads ?? LoaderThreads.cores
  }

  /// - Parameter progress: told how many samples of how many have been looked at.
  package func overview(
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) -> DataOverview {
    var problems = ProblemList()
    problems.add(source.problems)
    var totals: [SetTotals] = []
    var done = 0
    let total = source.sets.reduce(0) { $0 + $1.samples.count }
    for set in source.sets {
      var totalsOfSet = SetTotals(set, classes: source.configuration?.classes.count)
      look(at: set) { look in
        problems.add(look.problems)
        totalsOfSet.add(look.overview)
        done += 1
        progress(done, total)
      }
      totals.append(totalsOfSet)
    }
    return summary(totals, &problems)
  }

  private func look(
    at set: OverviewSource.Set, receive: (OverviewReader.Look) -> Void
  ) {
    let (list, reader, reading) = (FilePath(set.path), source.reader, self.reading)
    let before = cache.load(OverviewMemory.self, for: list) ?? OverviewMemory()
    let files = FileStamps()
    let (samples, unreadable) = set.samples.probed { before.recall($0, reading, files) == nil }
    var now = OverviewMemory()
    var last: DataError?
    var count = 0
    SampleReader.forEach(samples, threads: threads) { sample, index, buffers throws(DataError) in
      if let problem = unreadable[index] {
        return (OverviewReader.Look(problems: [problem]), [FileStamp?]())
      }
      let stamps = sample.filesOfItsOwn.map { files.stamp(of: $0) }
      if let known = before.recall(sample, reading, files) {
        return (OverviewReader.Look(overview: known), stamps)
      }
      return (reader.look(at: sample, &buffers), stamps)
    } receive: { index, result in
      count += 1
      switch result {
      case .success((let look, let stamps)):
        if let overview = look.overview, look.problems.isEmpty {
          now.remember(samples[index], overview, stamps, reading)
        }
        receive(look)
      case .failure(let error):
        last = error
        receive(OverviewReader.Look(problems: error.problems))
      }
    }
    // Where no thread could be started none was looked at but the first, which says so.
    while count < samples.count, let last {
      count += 1
      receive(OverviewReader.Look(problems: last.problems))
    }
    now.forget(files.outdated)
    if now != before { cache.save(now, for: list) }
  }

  private func summary(_ totals: [SetTotals], _ problems: inout ProblemList) -> DataOverview {
    let meanings = LabelMeanings(totals, source.configuration)
    let sets = totals.map { $0.overview(meanings) }
    var warnings: [DataProblem] = []
    if let configuration = source.configuration, let catalogue = source.catalogue {
      let found = check(catalogue, configuration, sets)
      problems.add(found.problems)
      warnings = found.warnings
    }
    var statistics = ClassStatistics(classes: meanings.names)
    for overview in sets.first?.overviews ?? [] {
      guard let census = overview?.mask?.census else { continue }
      statistics.add(meanings.tally(census))
    }
    let places = sets.indices.flatMap { set in
      sets[set].samples.indices.map { DataOverview.Place(set: set, sample: $0) }
    }
    let seen = places.compactMap { place in
      sets[place.set].overviews[place.sample].map { (place, $0) }
    }
    return DataOverview(
      sets: sets, classes: meanings.classes, knowsClasses: source.configuration != nil,
      values: meanings.found, problems: problems.all, warnings: warnings,
      suspicions: Suspicion.all(
        seen, holdsClasses: source.configuration?.reading.masksHoldClasses ?? false),
      copies: CopyGroup.all(seen), duplicates: NearDuplicates(seen, threads: threads),
      statistics: statistics)
  }

  /// What a check before a training finds, of what was read already.
  private func check(
    _ catalogue: Catalogue, _ configuration: DataConfiguration, _ sets: [SetOverview]
  ) -> (problems: [DataProblem], warnings: [DataProblem]) {
    var known: [String: [Int: SampleOverview]] = [:]
    for set in sets {
      for (sample, overview) in zip(set.samples, set.overviews) {
        known[sample.list, default: [:]][sample.number] = overview
      }
    }
    let facts = (catalogue.train + catalogue.validation).map { known[$0.list]?[$0.number]?.facts }
    var withoutNeighbours = catalogue
    withoutNeighbours = Catalogue(
      train: catalogue.train.map(\.alone), validation: catalogue.validation.map(\.alone),
      groups: catalogue.groups)
    let repeated = RepeatedImages(withoutNeighbours, facts)
    var sizes = SizeAgreement(configuration.geometry)
    var values = ValueAgreement(withStackAlone(configuration))
    for (sample, facts) in zip(
      withoutNeighbours.train + withoutNeighbours.validation, facts)
    {
      guard let facts else { continue }
      sizes.add(facts.originalSize, sample)
      values.add(facts, sample)
    }
    return (repeated.problems + sizes.problems + values.problems, repeated.warnings)
  }

  private func withStackAlone(_ configuration: DataConfiguration) -> DataConfiguration {
    var configuration = configuration
    configuration.stack = ImageStack(images: configuration.stack.images)
    return configuration
  }
}

extension ListedSample {
  /// The files of its own line: no neighbours.
  var filesOfItsOwn: [ListedFile] { images + masks + [region, boxes].compactMap(\.self) }

  /// Without the slices that are seen beside it.
  fileprivate var alone: ListedSample {
    var sample = self
    sample.stackedImages = images
    return sample
  }
}
