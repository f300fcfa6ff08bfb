internal import CKernels

/// The count, mean, spread and extent of numbers that are met one after the other.
package struct Moments: Sendable, Hashable {
  package internal(set) var count: UInt64 = 0
  package internal(set) var mean = 0.0
  /// The sum of the squares of the distances from the mean.
  package internal(set) var squares = 0.0
  package internal(set) var least = Float.infinity
  package internal(set) var greatest = -Float.infinity

  init() {}

  init(_ moments: ck_moments) {
    count = moments.count
    mean = moments.mean
    squares = moments.squares
    least = moments.least
    greatest = moments.greatest
  }

  /// 0 where all are the same number, whatever rounding says.
  package var variance: Double { least < greatest ? squares / Double(count) : 0 }

  /// Chan, Golub & LeVeque 1979.
  mutating func add(_ other: Moments) {
    guard other.count > 0 else { return }
    let (own, others) = (Double(count), Double(other.count))
    let distance = other.mean - mean
    mean += distance * (others / (own + others))
    squares += other.squares + distance * distance * (own * others / (own + others))
    count += other.count
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }

  /// Those of integers that occur so often each, from 0 on: exact whatever their order was.
  init(counts: ArraySlice<UInt64>) {
    var (pixels, sum, squares): (UInt64, UInt128, UInt128) = (0, 0, 0)
    for (count, value) in zip(counts, UInt64(0)...) where count > 0 {
      pixels += count
      sum += UInt128(count) * UInt128(value)
      squares += UInt128(count) * UInt128(value * value)
      if least > Float(value) { least = Float(value) }
      greatest = Float(value)
    }
    guard pixels > 0 else { return }
    count = pixels
    mean = Double(sum) / Double(pixels)
    // n times the sum of the squared distances, which is a whole number.
    self.squares = Double(UInt128(pixels) * squares - sum * sum) / Double(pixels)
  }
}
