package import Groundwork

/// The images of a data set with their labels, as they are stored: in their own sizes, not cut, resized or
/// augmented.
package struct LabelledImages: ~Copyable {
  package let train: [ListedSample]
  package let validation: [ListedSample]
  private let reader: SampleReader
  /// Used again for every image.
  private var buffers = SampleBuffers()

  /// No image is opened for it.
  ///
  /// - Throws: ``DataError`` for lists that cannot be read.
  package init(_ configuration: DataConfiguration, seed: UInt64) throws(DataError) {
    var configuration = configuration
    configuration.geometry = .original
    let (catalogue, unreadable) = try Catalogue(configuration, seed: seed).probed()
    guard unreadable.isEmpty else { throw DataError(unreadable) }
    (train, validation) = (catalogue.train, catalogue.validation)
    reader = SampleReader(configuration)
  }

  /// The samples of other sets of the same data set.
  package static func samples(
    of sets: JudgedSets, _ configuration: DataConfiguration
  ) throws(DataError) -> [ListedSample] {
    try Listing(sets) { list throws(DataError) in try Listing(list, configuration) }.samples
  }

  /// - Throws: ``DataError`` with everything that is wrong with the files.
  package mutating func read(
    _ sample: ListedSample
  ) throws(DataError) -> (raster: Raster, labels: [Label]) {
    let loaded = try reader.read(sample, &buffers).sample
    return (loaded.raster, loaded.labels.labels)
  }
}

extension ListedSample {
  /// The file that is the sample's image as it is; `nil` where it is several, or lies within a volume.
  package var wholeFile: String? {
    images.count == 1 && stackedImages.count == 1 && images[0].slice == nil ? image : nil
  }
}
