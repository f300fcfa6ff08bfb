@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct DatasetTests {
  @Test func `a sample is what its files hold, planes apart`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.stack = ImageStack(channels: 3)
      let train = try dataset.load().train
      let raster = try ImageFile.readImage(folder + "/t1.png")
      let sample = try train.sample(1)
      #expect(train.names == ["t0.png", "t1.png", "t2.png"])
      #expect(sample.size == Size(height: 4, width: 6))
      for channel in 0..<3 {
        let plane = sample.image[(24 * channel)..<(24 * channel + 24)]
        #expect(Array(plane) == raster.pixels.map { Float($0) })
      }
      let ids = try ImageFile.readMask(folder + "/t1-mask.png").ids
      #expect(sample.labels == ids.map { Label($0) })
      #expect(sample.fill == train.normalizer.mean.map { Float($0) * 255 })
    }
  }

  @Test func `pixels are the same whether they were kept or are read again`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      let kept = try dataset.load().train
      for cacheBytes in [0, 50, 100] {
        let reread = try dataset.load(cacheBytes: cacheBytes).train
        for index in 0..<3 {
          #expect(try reread.sample(index).image == kept.sample(index).image)
          #expect(try reread.sample(index).labels == kept.sample(index).labels)
        }
      }
    }
  }

  @Test func `a file that changed since it was checked is an error`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      let train = try dataset.load(cacheBytes: 0).train
      try dataset.writeSample("t1", ids: Array(repeating: 1, count: 24))
      #expect(throws: Never.self) { try train.sample(0) }
      let error = #expect(throws: DataError.self) { try train.sample(1) }
      #expect(error?.description.contains("has changed since") == true)
    }
  }
}
