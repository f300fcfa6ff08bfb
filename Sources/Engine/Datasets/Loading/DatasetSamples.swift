/// The samples of a data set one after the other, through memory that one thread uses again.
struct DatasetSamples: ~Copyable, SampleSource {
  private let dataset: Dataset
  private var buffers = SampleBuffers()

  init(_ dataset: Dataset) { self.dataset = dataset }

  var count: Int { dataset.count }

  func number(of index: Int) -> Int { dataset.number(of: index) }

  /// To be let go of before the next one is loaded.
  mutating func load(_ index: Int) throws(DataError) -> LoadedSample {
    try dataset.load(index, &buffers)
  }

  mutating func read(_ index: Int, into sample: inout Sample) throws(DataError) {
    sample.replace(by: try load(index))
  }
}
