internal import CKernels
internal import Groundwork

/// How far the borders of truth and prediction of one class, or their skeletons, are apart in one image.
///
/// A border pixel belongs to the class and has a pixel that does not, or the image's end, above,
/// below or beside it: the class less its erosion by a cross (SciPy's convention). Ignored pixels
/// belong to no class. Distances are exact, between the centres of pixels, in pixels or in the unit of the
/// batch's spacings.
package struct SurfaceDistances {
  /// Squared, ascending: from each border pixel of the truth to the prediction's border.
  var fromTruth: [Double] = []
  /// Squared, ascending: from each border pixel of the prediction to the truth's border.
  var fromPrediction: [Double] = []
  /// Border pixels of both; distances there are where neither is 0.
  var truthPixels = 0
  var predictionPixels = 0

  var isAbsent: Bool { truthPixels == 0 && predictionPixels == 0 }
  /// True where the class is only in the truth, or only in the prediction.
  var isOneSided: Bool { !isAbsent && (truthPixels == 0 || predictionPixels == 0) }

  /// The distances of all images and classes of a batch, `[N, K]`.
  package static func measure(_ batch: EvaluatedBatch) -> [SurfaceDistances] {
    let (truth, prediction) = (
      batch.memory.trueBorders.pointer, batch.memory.predictedBorders.pointer
    )
    let (height, width) = (Int32(batch.shape.height), Int32(batch.shape.width))
    let (area, masked) = (batch.area, batch.maskedPredictions)
    parallel(threads: batch.memory.threads, units: batch.images) { image, _ in
      let place = image * area
      ck_borders(batch.labels + place, height, width, truth + place)
      ck_borders(masked + place, height, width, prediction + place)
    }
    return between(truth, prediction, of: batch)
  }

  /// The distances between the pixels of two maps `[N, H, W]`, ``Labels/ignoreIndex`` where a pixel is none.
  static func between(
    _ truth: UnsafePointer<Label>, _ prediction: UnsafePointer<Label>, of batch: EvaluatedBatch
  ) -> [SurfaceDistances] {
    let memory = batch.memory
    let (area, classes) = (batch.area, batch.classes)
    let (height, width) = (Int32(batch.shape.height), Int32(batch.shape.width))
    var surfaces = Array(repeating: SurfaceDistances(), count: batch.images * classes)
    let (distances, transforms) = (memory.distances.pointer, memory.transforms.pointer)
    let transformBytes = memory.transformBytes
    let spaced = batch.isSpaced ? memory.spacedDistances.pointer : nil

    surfaces.withUnsafeMutableBufferPointer { surfaces in
      parallel(threads: memory.threads, units: batch.images) { image, _ in
        let place = image * area
        let counts = (
          borderPixels(truth + place, area, classes),
          borderPixels(prediction + place, area, classes)
        )
        for label in 0..<classes {
          surfaces[image * classes + label].truthPixels = counts.0[label]
          surfaces[image * classes + label].predictionPixels = counts.1[label]
        }
      }
      parallel(threads: memory.threads, units: surfaces.count) { unit, slot in
        let surface = surfaces[unit]
        guard surface.truthPixels > 0, surface.predictionPixels > 0 else { return }
        let (image, label) = unit.quotientAndRemainder(dividingBy: classes)
        let spacing = batch.spacing(of: image)
        func between(_ from: UnsafePointer<Label>, _ to: UnsafePointer<Label>) -> [Double] {
          let (from, to) = (from + image * area, to + image * area)
          let scratch = transforms + slot * transformBytes
          guard spacing != .pixels, let spaced else {
            let found = distances + slot * area
            let count = ck_distances_between(
              from, to, Int32(label), height, width, found, scratch)
            return UnsafeBufferPointer(start: found, count: count).sorted().map { Double($0) }
          }
          let found = spaced + slot * area
          let count = ck_spaced_distances_between(
            from, to, Int32(label), height, width, spacing.height, spacing.width, found, scratch)
          return UnsafeBufferPointer(start: found, count: count).sorted()
        }
        surfaces[unit].fromTruth = between(truth, prediction)
        surfaces[unit].fromPrediction = between(prediction, truth)
      }
    }
    return surfaces
  }

  /// `[K + 1]`
  private static func borderPixels(
    _ borders: UnsafePointer<Label>, _ area: Int, _ classes: Int
  ) -> [Int] {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: classes + 1) { counts in
      let stray = ck_label_counts(borders, area, Int32(classes), counts.baseAddress)
      precondition(stray < 0, "label \(stray) with \(classes) classes")
      return counts.map { Int($0) }
    }
  }
}

// MARK: - Statistics

extension SurfaceDistances {
  /// The share of the ascending squared distances that is at most `limit` pixels.
  package static func share(of squares: [Double], within limit: Double) -> Double {
    Double(count(of: squares, within: limit)) / Double(squares.count)
  }

  package static func count(of squares: [Double], within limit: Double) -> Int {
    squares.count { $0 <= limit * limit }
  }

  package static func sum(of squares: [Double]) -> Double {
    squares.reduce(0) { $0 + $1.squareRoot() }
  }

  /// The distance that 95 % of the ascending squared ones do not exceed, interpolated between the
  /// two that are nearest to it in rank.
  static func percentile95(of squares: [Double]) -> Double {
    let rank = 0.95 * Double(squares.count - 1)
    let below = Int(rank)
    let low = squares[below].squareRoot()
    let high = squares[min(below + 1, squares.count - 1)].squareRoot()
    return low + (rank - Double(below)) * (high - low)
  }
}
