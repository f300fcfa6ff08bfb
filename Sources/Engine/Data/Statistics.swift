internal import CKernels

/// How often each pixel value occurs in the images of a data set: sums of integers, so that mean
/// and deviation are exact whatever the order.
struct PixelStatistics: Sendable, Hashable {
  let channels: Int
  /// `[C, 256]`.
  private var counts: [UInt64]

  init(channels: Int) {
    self.channels = channels
    counts = Array(repeating: 0, count: channels * 256)
  }

  /// - Parameter pixels: `[H, W, C]`.
  mutating func add(_ pixels: [UInt8]) {
    ck_histogram(pixels, pixels.count / channels, Int32(channels), &counts)
  }

  mutating func add(_ other: PixelStatistics) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// Of the channels of each image, whose slices are counted together.
  func pooled(_ stack: ImageStack) -> PixelStatistics {
    var pooled = PixelStatistics(channels: stack.images.reduce(0, +))
    var target = 0
    for (image, channels) in stack.images.enumerated() {
      for (index, channel) in stack.range(ofImage: image).enumerated() {
        for value in 0..<256 {
          pooled.counts[(target + index % channels) * 256 + value] += counts[channel * 256 + value]
        }
      }
      target += channels
    }
    return pooled
  }

  /// Of values in 0…1, pooled over all pixels, for each channel.
  var mean: [Double] {
    (0..<channels).map { moment($0, 1) / 255 }
  }

  /// Of values in 0…1, divided by the number of pixels; 1 for a channel that never varies, which
  /// normalisation then sets to zero.
  var deviation: [Double] {
    (0..<channels).map { channel in
      let mean = moment(channel, 1)
      let variance = moment(channel, 2) - mean * mean
      return variance > 1e-6 ? variance.squareRoot() / 255 : 1
    }
  }

  private func moment(_ channel: Int, _ power: Int) -> Double {
    let counts = counts[(channel * 256)..<((channel + 1) * 256)]
    let sum = zip(counts, UInt64(0)...).reduce(UInt64(0)) { sum, bin in
      sum + bin.0 * (power == 1 ? bin.1 : bin.1 * bin.1)
    }
    return Double(sum) / Double(max(1, counts.reduce(0, +)))
  }
}

extension ClassStatistics {
  init(classes: Int) {
    let zeros = [UInt64](repeating: 0, count: classes)
    self.init(pixels: zeros, pixelsOfImagesWithClass: zeros)
  }

  /// - Parameter labels: of one image; ignored pixels do not count, and one of several classes counts
  ///   for each of them.
  mutating func add(_ labels: [UInt8], _ labelling: Labelling = .exclusive) {
    let values = histogram(of: labels)[..<labelling.values(classes: pixels.count)]
    let labelled = values.reduce(0, +)
    for id in pixels.indices {
      let count: UInt64 =
        switch labelling {
        case .exclusive: values[id]
        case .multiple:
          values.indices.reduce(0) { $1 >> id & 1 == 1 ? $0 + values[$1] : $0 }
        }
      guard count > 0 else { continue }
      pixels[id] += count
      pixelsOfImagesWithClass[id] += labelled
    }
  }

  mutating func add(_ other: ClassStatistics) {
    for id in pixels.indices {
      pixels[id] += other.pixels[id]
      pixelsOfImagesWithClass[id] += other.pixelsOfImagesWithClass[id]
    }
  }
}

/// How often each of the 256 values occurs.
func histogram(of bytes: [UInt8]) -> [UInt64] {
  var counts = [UInt64](repeating: 0, count: 256)
  ck_histogram(bytes, bytes.count, 1, &counts)
  return counts
}
