extension Listing {
  /// One list as the data set reads it.
  ///
  /// - Throws: ``DataError`` for lists that cannot be read, hold no samples or pair nothing.
  init(_ list: SampleList, _ configuration: DataConfiguration) throws(DataError) {
    let root =
      if case .generated(_, let folder) = configuration.source { folder } else {
        configuration.root
      }
    let masks = configuration.reading.masks(classes: configuration.classes.count)
    switch list {
    case .file(let path):
      self.init(
        try ListFile(
          path: path, root: root, regions: configuration.regions, stack: configuration.stack,
          masks: masks))
    case .pairs(let pairs):
      try self.init(
        pairs, root: pairs.folder ?? root ?? "", regions: configuration.regions,
        stack: configuration.stack, masks: masks)
    }
  }

  /// All lists of a training, a validation or a judgement.
  ///
  /// - Parameter read: gives the listing of one of them.
  /// - Throws: ``DataError`` with what is wrong with any of them; the setting of a problem with a list
  ///   among several is its place.
  init(
    _ sources: SampleSources, read: (SampleList) throws(DataError) -> Listing
  ) throws(DataError) {
    var parts: [(listing: Listing, share: Double?)] = []
    var problems: [DataProblem] = []
    for (place, part) in sources.parts.enumerated() {
      do throws(DataError) {
        parts.append((try read(part.list), part.share))
      } catch {
        problems +=
          sources.parts.count == 1
          ? error.problems : error.problems.map { $0.inside("\(place)") }
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    if sources.parts.count == 1, sources.parts[0].share == nil {
      self = parts[0].listing
    } else {
      self.init(parts)
    }
  }

  /// The samples of all sets, each of which they name.
  ///
  /// - Throws: ``DataError`` with what is wrong with any of them; the setting of a problem with a list of
  ///   a set is the set's name.
  init(
    _ sets: JudgedSets, read: (SampleList) throws(DataError) -> Listing
  ) throws(DataError) {
    var parts: [(listing: Listing, share: Double?)] = []
    var problems: [DataProblem] = []
    for set in sets.sets {
      do throws(DataError) {
        parts.append((try Listing(set.sources, read: read).inSet(set.name), nil))
      } catch {
        problems += error.problems.map { problem in set.name.map(problem.inside) ?? problem }
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    if parts.count == 1 { self = parts[0].listing } else { self.init(parts) }
  }

  init(_ sources: SampleSources, _ configuration: DataConfiguration) throws(DataError) {
    try self.init(sources) { list throws(DataError) in try Listing(list, configuration) }
  }
}

extension Listing {
  /// Images and masks that belong together by the names of their files.
  ///
  /// - Throws: ``DataError`` whose problems name keys of ``FilePairs`` as their settings.
  init(
    _ pairs: FilePairs, root: String, regions: String?, stack: ImageStack, masks: Int
  ) throws(DataError) {
    let found = try PairedFiles(pairs, root: root)
    let name = pairs.images[0]
    let parser = ListLineParser(list: name, line: 0, folder: root, stack: stack, masks: masks)
    var samples = SampleCollection(regions: regions)
    var problems: [DataProblem] = []
    for pair in found.pairs {
      do throws(DataError) {
        let settings = pair.region.map { [["roi=\($0)"]] } ?? []
        problems += samples.add(try parser.samples(fields: [pair.images, pair.masks] + settings))
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    var warnings: [DataProblem] = []
    if !found.unpaired.isEmpty {
      let (count, all) = (found.unpaired.count, found.unpaired.count + found.pairs.count)
      warnings = [
        DataProblem(
          setting: FilePairs.imagesKey,
          "left out \(count) of \(all) images that have no mask: "
            + found.unpaired.listed(atMost: 5))
      ]
    }
    self.init(
      name: name, folder: root, samples: samples.finished(stack), warnings: warnings,
      candidates: found.candidates.map {
        (FilePath(FilePath.resolve($0.file, in: root)), $0.template)
      })
  }
}
