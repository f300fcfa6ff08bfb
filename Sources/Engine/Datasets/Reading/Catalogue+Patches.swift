internal import Groundwork

extension Catalogue {
  /// With every image in its patches, where the data is cut so, once no volume was found unreadable.
  func readable(
    as configuration: DataConfiguration, _ reader: SampleReader
  ) throws(DataError) -> Catalogue {
    let (sound, unreadable) = probed()
    guard unreadable.isEmpty else { throw DataError(unreadable) }
    return try sound.cut(as: configuration, reader)
  }

  /// With every image in its patches, where the data is cut so. Which images train has been decided
  /// before: no pixel of an image that validates is trained on.
  ///
  /// - Throws: ``DataError`` for images that do not say their size.
  func cut(as configuration: DataConfiguration, _ reader: SampleReader) throws(DataError)
    -> Catalogue
  {
    guard case .patches(let patches) = configuration.geometry else { return self }
    let images = train + validation
    var sizes: [Size] = []
    var problems: [DataProblem] = []
    SampleReader.forEach(images) { sample, _, buffers throws(DataError) in
      try reader.inspect(sample, &buffers)
    } receive: { _, result in
      switch result {
      case .success(let size): sizes.append(size)
      case .failure(let error): problems += error.problems
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    let cut = images.indices.map { index in
      patches.patches(of: sizes[index], sharesOut: index >= train.count)
    }
    let first = firstNumbers(of: images, counts: cut.map(\.count))
    func samples(_ indices: Range<Int>) -> [ListedSample] {
      var samples: [ListedSample] = []
      samples.reserveCapacity(indices.reduce(0) { $0 + cut[$1].count })
      for index in indices {
        for (place, patch) in cut[index].enumerated() {
          var sample = images[index]
          sample.patch = patch
          sample.number = first[index] + place
          samples.append(sample)
        }
      }
      return samples
    }
    return Catalogue(
      train: samples(0..<train.count), validation: samples(train.count..<images.count),
      groups: groups, warnings: warnings)
  }

  /// The number of the first patch of each image. The patches of a list are numbered in its order,
  /// whichever of its images train.
  ///
  /// - Parameter images: those that train, then those that validate.
  private func firstNumbers(of images: [ListedSample], counts: [Int]) -> [Int] {
    let lists = groups == nil ? [0..<train.count, train.count..<images.count] : [images.indices]
    var first = Array(repeating: 0, count: images.count)
    for list in lists {
      var next = 0
      for index in list.sorted(by: { images[$0].number < images[$1].number }) {
        first[index] = next
        next += counts[index]
      }
    }
    return first
  }
}

extension DataConfiguration.Geometry {
  /// Tells whether a sample of these labels is trained on.
  func trains(on labels: LabelTally) -> Bool {
    guard case .patches(let patches) = self, patches.leastLabelled > 0 else { return true }
    return Double(labels.labelled) >= patches.leastLabelled * Double(labels.all)
  }
}

extension DataProblem {
  static let noPatchToTrainOn = DataProblem(
    "no patch of the training images has so many labelled pixels: lower "
      + "data.patches.least_labelled")
}
