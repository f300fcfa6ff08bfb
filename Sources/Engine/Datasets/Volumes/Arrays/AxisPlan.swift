internal import Groundwork

/// Where the slices of an array of several axes lie in it.
struct AxisPlan {
  let shape: [Int]
  let height: Int
  let width: Int
  /// `nil` where a pixel has one.
  let channel: Int?
  /// The axes that count slices; the last is the fastest.
  let slices: [Int]

  /// - Throws: ``ImageError`` where the array has another number of axes.
  init(shape: [Int], _ axes: VolumeAxes) throws(ImageError) {
    var axes = axes
    if axes.letters.count == shape.count + 1, let fewer = axes.withoutChannels { axes = fewer }
    let letters = Array(axes.letters)
    guard letters.count == shape.count, let height = letters.firstIndex(of: "y"),
      let width = letters.firstIndex(of: "x")
    else {
      throw ImageError(
        "is \(shape.map(String.init).joined(separator: "×")), which are not the axes "
          + "\(axes.letters): say in data.axes what they are, as czyx")
    }
    self.shape = shape
    (self.height, self.width, channel) = (height, width, letters.firstIndex(of: "c"))
    slices = letters.indices.filter { !"yxc".contains(letters[$0]) }
  }

  /// How many slices, at most more than there may be.
  var sliceCount: Int {
    slices.reduce(1) { count, axis in
      let (product, overflow) = count.multipliedReportingOverflow(by: shape[axis])
      return overflow ? .max : product
    }
  }

  /// How many slices lie one above the other: along the last of the axes that count them.
  var depth: Int { slices.last.map { shape[$0] } ?? 1 }

  var channels: Int { channel.map { shape[$0] } ?? 1 }

  /// Where a slice begins along each axis.
  func start(of slice: Int) -> [Int] {
    var (start, rest) = (shape.map { _ in 0 }, slice)
    for axis in slices.reversed() {
      start[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return start
  }

  /// How far a slice reaches along each axis.
  var extent: [Int] { shape.indices.map { slices.contains($0) ? 1 : shape[$0] } }

  /// Steps from one number to the next along each axis, in an array of this shape whose last axis is the
  /// fastest, or the first.
  func allSteps(in shape: [Int], firstIsFastest: Bool = false) -> [Int] {
    var (steps, step) = (shape.map { _ in 0 }, 1)
    for axis in firstIsFastest ? Array(shape.indices) : shape.indices.reversed() {
      steps[axis] = step
      step *= shape[axis]
    }
    return steps
  }

  /// Of these the ones along height, width and channels.
  func steps(in shape: [Int], firstIsFastest: Bool = false) -> [Int] {
    let steps = allSteps(in: shape, firstIsFastest: firstIsFastest)
    return [steps[height], steps[width], channel.map { steps[$0] } ?? 0]
  }
}
