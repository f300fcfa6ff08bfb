package import Groundwork

/// Samples of one size, checked, in the order of their list.
///
/// Decoded pixels are kept in memory as far as the budget went; the others are decoded again each
/// time, to the same pixels.
package struct Dataset: Sendable {
  /// The extent of every sample, after resizing or cutting.
  package let extent: SpatialExtent
  /// What the channels of a sample are.
  package let stack: ImageStack
  /// How images become a network's input.
  package let normalizer: Normalizer
  package let samples: [ListedSample]
  /// The draws of an epoch; `nil` where an epoch shows every sample once.
  package let draws: SampleDraws?
  /// How masks became labels.
  package let reading: any TruthReading
  /// K.
  package let classes: Int
  let reader: SampleReader
  let digests: [SampleDigest]
  private let kept: [LoadedSample?]
  /// How large the pixels of each sample are where its file does not say it; `nil` where nobody has stated it.
  var stated: PixelExtents?
  /// `[samples]`: labels in place of those of the files; `nil` where these hold.
  var relabelled: [StoredLabels]?

  package init(
    extent: SpatialExtent, stack: ImageStack, normalizer: Normalizer, reader: SampleReader,
    samples: [ListedSample], digests: [SampleDigest], kept: [LoadedSample?],
    draws: SampleDraws? = nil, reading: any TruthReading, classes: Int
  ) {
    self.extent = extent
    self.stack = stack
    self.normalizer = normalizer
    self.reader = reader
    self.samples = samples
    self.digests = digests
    self.kept = kept
    self.draws = draws
    self.reading = reading
    self.classes = classes
  }

  package var count: Int { samples.count }

  /// The size of every sample; of patches of volumes that of their slices one beneath the other.
  package var size: Size { extent.stackedSize }

  /// The number of channels of a network's input.
  package var channels: Int { stack.channels }

  /// How many samples an epoch of training takes.
  package var samplesPerEpoch: Int { draws?.count ?? count }

  /// The names of the sets that the samples are of, in their order; none where sets have no names.
  package var setNames: [String] {
    var names: [String] = []
    for case let name? in samples.map(\.set) where names.last != name { names.append(name) }
    return names
  }

  /// `[sets]`: the samples of each set, one after the other; all of them where sets have no names.
  var sets: [Range<Int>] {
    var sets: [Range<Int>] = []
    for (index, sample) in samples.enumerated() {
      if index > 0, sample.set == samples[index - 1].set {
        sets[sets.count - 1] = sets[sets.count - 1].lowerBound..<(index + 1)
      } else {
        sets.append(index..<(index + 1))
      }
    }
    return sets
  }

  /// Paths of the images as the list writes them, `[rows, columns]` behind those of patches.
  package var names: [String] { samples.map(\.name) }

  /// The sample before augmentation and normalisation, filled with the mean where augmentations
  /// reach beyond it.
  ///
  /// - Throws: ``DataError`` where the files had to be read again and have changed.
  package func sample(_ index: Int) throws(DataError) -> Sample {
    var sample = emptySample
    sample.replace(by: try load(index))
    return sample
  }

  /// The image for people to look at, as ``sample(_:)`` shows it to the network: of several the
  /// first, of several slices the sample's own. In 8 bits.
  package func image(_ index: Int) throws(DataError) -> Raster {
    let shown = stack.shownImage.range
    return normalizer.pixels.shown(try load(index).raster).channels(shown)
  }

  /// `[P, H, W]` as they are read, ``Labels/ignoreIndex`` where nothing is known.
  package func labels(_ index: Int) throws(DataError) -> [Label] { try load(index).labels.labels }

  /// `[P, H, W]`, what an evaluation judges the sample by.
  package func judgedLabels(_ index: Int) throws(DataError) -> [Label] {
    reading.derived(try labels(index), size: size, classes: classes)
  }

  /// What predictions are judged by.
  package var truth: Truth { reading.truth(classes: classes) }

  /// What is trained on.
  package var trainedTruth: Truth { reading.trainedTruth(classes: classes) }

  /// A sample of the right channels and fill without pixels: memory to load samples into.
  package var emptySample: Sample {
    Sample(
      size: Size(height: 0, width: 0), stack: stack, image: [], labels: [],
      planes: reading.planes(classes: classes),
      fill: normalizer.fill, scale: normalizer.pixels, depth: extent.depth)
  }

  /// A sample's place in its list file.
  package func number(of index: Int) -> Int { samples[index].number }

  /// The pixels and labels of a sample: those that are kept, or what is read into the buffers.
  package func load(_ index: Int, _ buffers: inout SampleBuffers) throws(DataError) -> LoadedSample
  {
    let sample = try loadGiven(index, &buffers)
    guard let relabelled else { return sample }
    return LoadedSample(raster: sample.raster, labels: relabelled[index])
  }

  /// The same with the labels of the files.
  private func loadGiven(
    _ index: Int, _ buffers: inout SampleBuffers
  ) throws(DataError) -> LoadedSample {
    if let sample = kept[index] { return sample }
    return try reader.read(samples[index], unchangedSince: digests[index], &buffers)
  }

  private func load(_ index: Int) throws(DataError) -> LoadedSample {
    var buffers = SampleBuffers()
    return try load(index, &buffers)
  }
}
