/// The samples of a data set one after the other, through memory that one thread uses again.
package struct DatasetSamples: ~Copyable, SampleSource {
  private let dataset: Dataset
  private var buffers = SampleBuffers()

  package init(_ dataset: Dataset) { self.dataset = dataset }

  package var count: Int { dataset.count }

  package func number(of index: Int) -> Int { dataset.number(of: index) }

  /// To be let go of before the next one is loaded.
  package mutating func load(_ index: Int) throws(DataError) -> LoadedSample {
    try dataset.load(index, &buffers)
  }

  package mutating func read(_ index: Int, into sample: inout Sample) throws(DataError) {
    sample.replace(by: try load(index))
  }
}
