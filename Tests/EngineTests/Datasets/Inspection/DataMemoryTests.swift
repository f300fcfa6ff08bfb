@testable import Datasets
@testable import Groundwork
import Testing

/// What is forecast of the memory that data takes.
@Suite struct DataMemoryTests {
  private var data: DataInspection {
    DataInspection(
      trainingSamples: 8, validationSamples: 2, size: Size(height: 32, width: 32), channels: 3)
  }

  @Test func `whole images are kept, as many as the limit holds`() {
    let sample = 32 * 32 * 4
    let one = data.keptBytes(limit: sample)
    // Two arrays have headers of their own.
    #expect(sample..<sample + 200 ~= one)
    #expect(data.keptBytes(limit: 1 << 30) == 10 * one)
    #expect(data.keptBytes(limit: 3 * sample + 1) == 3 * one)
    #expect(data.keptBytes(limit: 1) == 0)
  }

  @Test func `threads decode images unless all are kept`() {
    var data = data
    data.decodedBytes = 1000
    #expect(data.decodingBytes(limit: 1 << 30, threads: 2) == 0)
    #expect(data.decodingBytes(limit: 32 * 32 * 4, threads: 2) == 4000)
  }

  @Test func `every sample takes memory besides its pixels`() {
    let more = DataInspection(
      trainingSamples: 1008, validationSamples: 2, size: Size(height: 32, width: 32), channels: 3)
    #expect((more.listBytes - data.listBytes) / 1000 > MemoryLayout<ListedSample>.stride)
  }
}
