internal import Groundwork

extension DataInspection {
  /// Bytes of samples that are decoded once, as many as `limit` bytes hold.
  package func keptBytes(limit: Int) -> Int { min(samples, limit / pixelBytes) * keptSample }

  /// Bytes of the labels of all training samples where these are made anew: those of two stages for a while.
  package var relabelledBytes: Int { 2 * trainingSamples * extent.count * labelBytes }

  /// Bytes that the threads of a training's loaders decode images into: none where all samples are kept.
  ///
  /// - Parameters:
  ///   - limit: of the samples that are kept, in bytes.
  ///   - threads: of each of the two loaders.
  package func decodingBytes(limit: Int, threads: Int) -> Int {
    limit / pixelBytes >= samples ? 0 : 2 * threads * decodedBytes
  }

  /// Bytes that a training holds of its samples besides their pixels: where each lies and what its files held.
  package var listBytes: Int {
    let sample =
      MemoryLayout<ListedSample>.stride + MemoryLayout<SampleFacts?>.stride
      + MemoryLayout<SampleDigest>.stride + MemoryLayout<LoadedSample?>.stride
      + 2 * MemoryLayout<Int>.stride
    let images = labels.map { $0.train.allImages + $0.validation.allImages } ?? samples
    return samples * sample + images * Self.imageBytes
  }

  private var samples: Int { trainingSamples + validationSamples }

  /// Bytes of the pixels and labels of a sample.
  private var pixelBytes: Int { extent.count * (channels * depth.bytes + labelBytes) }

  /// With the headers of its two arrays.
  private var keptSample: Int { pixelBytes + 2 * Self.arrayBytes }

  /// Bytes of an array besides its elements, as the system hands out memory.
  private static let arrayBytes = 48
  /// Names, paths and digests of an image and its mask; measured.
  private static let imageBytes = 1_200
}

extension DataConfiguration {
  /// Bytes that a pixel of an image and its masks takes while it is decoded.
  func decodedPixelBytes(_ depth: PixelDepth) -> Int {
    channels * depth.bytes + MemoryLayout<UInt8>.stride
      + reading.planes(classes: classes.count) * MemoryLayout<Label>.stride
  }
}
