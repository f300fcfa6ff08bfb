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

  /// With every image or volume in its patches, where the data is cut so. Which images train has been decided
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
    let volumes =
      train.indices.volumesOrImages(of: images, patches)
      + (train.count..<images.count).volumesOrImages(of: images, patches)
    let cut = try volumes.map { volume throws(DataError) in
      try patches.checkSlices(images[volume], sizes[volume])
      return patches.samples(
        of: images[volume], sizes[volume.lowerBound], sharesOut: volume.lowerBound >= train.count)
    }
    let first = firstNumbers(
      of: volumes.map { images[$0.lowerBound] }, counts: cut.map(\.count),
      trains: volumes.count { $0.upperBound <= train.count })
    var samples: (train: [ListedSample], validation: [ListedSample]) = ([], [])
    for (index, volume) in volumes.enumerated() {
      for (place, patch) in cut[index].enumerated() {
        var sample = patch
        sample.number = first[index] + place
        if volume.upperBound <= train.count {
          samples.train.append(sample)
        } else {
          samples.validation.append(sample)
        }
      }
    }
    return Catalogue(
      train: samples.train, validation: samples.validation, groups: groups, warnings: warnings)
  }

  /// The number of the first patch of each image or volume. The patches of a list are numbered in its order,
  /// whichever of its images train.
  ///
  /// - Parameters:
  ///   - images: those that train, then those that validate; of volumes their first slices.
  ///   - trains: how many of them train.
  private func firstNumbers(
    of images: [ListedSample], counts: [Int], trains: Int
  ) -> [Int] {
    let lists = groups == nil ? [0..<trains, trains..<images.count] : [images.indices]
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

  /// With the slices of every patch of a volume in place of it, in the order of ``SampleFacts/parts``.
  var parts: Catalogue {
    guard
      train.contains(where: { !$0.slices.isEmpty })
        || validation.contains(where: { !$0.slices.isEmpty })
    else { return self }
    return Catalogue(
      train: train.flatMap(\.parts), validation: validation.flatMap(\.parts), groups: groups,
      warnings: warnings)
  }
}

extension Range<Int> {
  /// The volumes that patches are cut out of, or the single images.
  fileprivate func volumesOrImages(of samples: [ListedSample], _ patches: Patches) -> [Range<Int>] {
    patches.haveDepth ? samples[self].volumes : map { $0..<$0 + 1 }
  }
}

extension Patches {
  /// - Throws: ``DataError`` where a volume has slices of several sizes.
  fileprivate func checkSlices(
    _ slices: ArraySlice<ListedSample>, _ sizes: ArraySlice<Size>
  ) throws(DataError) {
    guard haveDepth, let first = slices.first, let size = sizes.first else { return }
    for (slice, other) in zip(slices, sizes) where other != size {
      throw DataError(
        slice.problem(
          "image \(slice.imageName) is \(other), \(first.imageName) is \(size) (height × width): the "
            + "slices of a volume are of one size"))
    }
  }

  /// The patches of an image, or of a volume by its slices, slab by slab.
  fileprivate func samples(
    of slices: ArraySlice<ListedSample>, _ size: Size, sharesOut: Bool
  ) -> [ListedSample] {
    let patches = patches(of: size, sharesOut: sharesOut)
    var samples: [ListedSample] = []
    for slab in slabs(of: slices.count) {
      var sample = slices[slices.startIndex + slab.lowerBound]
      if haveDepth { sample.slices = self.slices(of: slices, in: slab) }
      for patch in patches {
        sample.patch = patch
        samples.append(sample)
      }
    }
    return samples
  }

  private func slices(
    of volume: ArraySlice<ListedSample>, in slab: Range<Int>
  ) -> [ListedSample] {
    places(in: slab).enumerated().map { place, index in
      var slice = volume[volume.startIndex + index]
      slice.isMirrored = place >= slab.count
      return slice
    }
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
