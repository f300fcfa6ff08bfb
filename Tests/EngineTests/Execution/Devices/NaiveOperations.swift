@testable import Datasets
@testable import Groundwork
@testable import Networks

/// Every operation as its definition says it, loop by loop and in double: the oracle of the kernels.
extension KernelCase {
  /// The outputs in training.
  func naiveForward(
    _ inputs: [PlainTensor], _ parameters: [[Double]], harness: KernelHarness
  ) -> [PlainTensor] {
    let x = inputs[0]
    var y = PlainTensor(outputs[0])
    switch operation {
    case .convolution(let convolution):
      convolution.visit(x.shape, y.shape) { large, small, weight in
        y.values[small] += x.values[large] * parameters[0][weight]
      }
      if convolution.hasBias { y.add(parameters[1]) }
    case .transposedConvolution(let convolution):
      convolution.visit(y.shape, x.shape) { large, small, weight in
        y.values[large] += x.values[small] * parameters[0][weight]
      }
      if convolution.hasBias { y.add(parameters[1]) }
    case .batchNorm(let norm):
      y = naiveBatchNorm(x, parameters, epsilon: Double(norm.epsilon))
    case .relu:
      y.values = x.values.map { max($0, 0) }
    case .prelu:
      y = x
      y.rectify(slopes: parameters[0])
    case .maxPool(let pool):
      return naiveMaxPool(x, size: pool.size)
    case .maxUnpool(let unpool):
      y = naiveMaxUnpool(x, positions: inputs[1], size: unpool.size)
    case .concatenate, .padChannels:
      var first = 0
      for input in inputs {
        y.forEach { n, c, row, column in
          guard (first..<first + input.shape.channels).contains(c) else { return }
          y[n, c, row, column] = input[n, c - first, row, column]
        }
        first += input.shape.channels
      }
    case .add:
      for input in inputs { y.values = zip(y.values, input.values).map { $0 + $1 } }
    case .resize(let resize):
      y = naiveResize(x, resize)
    case .spatialDropout(let dropout):
      y = naiveDropout(x, rate: dropout.rate, harness: harness)
    }
    switch activation {
    case .none: break
    case .relu: y.values = y.values.map { max($0, 0) }
    case .prelu: y.rectify(slopes: parameters[parameters.count - 1])
    }
    return [y]
  }

  private func naiveBatchNorm(
    _ x: PlainTensor, _ parameters: [[Double]], epsilon: Double
  ) -> PlainTensor {
    var y = x
    let moments = (0..<x.shape.channels).map { x.moments(ofChannel: $0) }
    x.forEach { n, c, row, column in
      let deviation = (moments[c].variance + epsilon).squareRoot()
      let normal = (x[n, c, row, column] - moments[c].mean) / deviation
      y[n, c, row, column] = normal * parameters[0][c] + parameters[1][c]
    }
    return y
  }

  private func naiveMaxPool(_ x: PlainTensor, size: SpatialExtent) -> [PlainTensor] {
    var maxima = PlainTensor(outputs[0]), positions = PlainTensor(outputs[1])
    maxima.forEachPlace { n, c, slice, row, column in
      var best = -Double.infinity
      for z in 0..<size.depth {
        for y in 0..<size.height {
          for x0 in 0..<size.width {
            let value = x[
              n, c, slice * size.depth + z, row * size.height + y, column * size.width + x0]
            guard value > best else { continue }
            best = value
            positions[n, c, slice, row, column] = Double((z * size.height + y) * size.width + x0)
          }
        }
      }
      maxima[n, c, slice, row, column] = best
    }
    return [maxima, positions]
  }

  private func naiveMaxUnpool(
    _ x: PlainTensor, positions: PlainTensor, size: SpatialExtent
  ) -> PlainTensor {
    var y = PlainTensor(outputs[0])
    x.forEachPlace { n, c, slice, row, column in
      let position = Int(positions[n, c, slice, row, column])
      let line = position / size.width
      y[
        n, c, slice * size.depth + line / size.height, row * size.height + line % size.height,
        column * size.width + position % size.width] = x[n, c, slice, row, column]
    }
    return y
  }

  /// Along each axis, a value of the target lies at (i + 1/2) · step - 1/2 of the source.
  private func naiveResize(_ x: PlainTensor, _ resize: Resize) -> PlainTensor {
    var y = PlainTensor(outputs[0])
    let source = x.shape.extent.lifted(filling: 1), target = y.shape.extent.lifted(filling: 1)
    /// The places along an axis that a value is made from, with their weights.
    func parts(_ axis: Int, _ index: Int) -> [(place: Int, weight: Double)] {
      let missing = 3 - x.shape.extent.rank
      var step = Double(source[axis]) / Double(target[axis])
      if case .scale(let factors) = resize.target, axis >= missing {
        step = 1 / factors[axis - missing]
      }
      let last = source[axis] - 1
      guard resize.interpolation == .linear else {
        return [(min(Int((Double(index) * step).rounded(.down)), last), 1)]
      }
      let place = min(max((Double(index) + 0.5) * step - 0.5, 0), Double(last))
      let below = Int(place), part = place - Double(below)
      return [(below, 1 - part), (min(below + 1, last), part)]
    }
    y.forEachPlace { n, c, slice, row, column in
      for (z, depth) in parts(0, slice) {
        for (line, height) in parts(1, row) {
          for (place, width) in parts(2, column) {
            y[n, c, slice, row, column] += depth * height * width * x[n, c, z, line, place]
          }
        }
      }
    }
    return y
  }

  private func naiveDropout(
    _ x: PlainTensor, rate: Float, harness: KernelHarness
  ) -> PlainTensor {
    var y = x
    for n in 0..<x.shape.batch {
      var stream = RandomStream(
        seed: harness.pass.seed, purpose: RandomStream.Purpose("dropout#\(harness.node)"),
        epoch: harness.pass.step, sample: n)
      let factors = (0..<x.shape.channels).map { _ in
        stream.uniform() < rate ? 0 : 1 / (1 - Double(rate))
      }
      x.forEach { sample, c, row, column in
        if sample == n { y[n, c, row, column] *= factors[c] }
      }
    }
    return y
  }
}

extension PlainTensor {
  /// The rows of all slices count through.
  func forEach(_ body: (_ n: Int, _ c: Int, _ row: Int, _ column: Int) -> Void) {
    for n in 0..<shape.batch {
      for c in 0..<shape.channels {
        for row in 0..<rows {
          for column in 0..<shape.width { body(n, c, row, column) }
        }
      }
    }
  }

  func forEachPlace(
    _ body: (_ n: Int, _ c: Int, _ slice: Int, _ row: Int, _ column: Int) -> Void
  ) {
    forEach { n, c, row, column in
      body(n, c, row / shape.height, row % shape.height, column)
    }
  }

  /// Mean and biased variance.
  func moments(ofChannel c: Int) -> (mean: Double, variance: Double) {
    let planes = (0..<shape.batch).flatMap { n in
      values[index(n, c, 0, 0)..<index(n, c, 0, 0) + shape.area]
    }
    let mean = planes.reduce(0, +) / Double(planes.count)
    return (mean, planes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(planes.count))
  }

  fileprivate mutating func add(_ bias: [Double]) {
    for i in values.indices { values[i] += bias[i / shape.area % shape.channels] }
  }

  fileprivate mutating func rectify(slopes: [Double]) {
    for i in values.indices where values[i] <= 0 {
      values[i] *= slopes[i / shape.area % shape.channels]
    }
  }
}

extension Convolution {
  /// Calls `body` with the indices of every value of the large tensor, value of the small tensor and
  /// weight `[small channels, large channels, depth, height, width]` that meet in a product.
  func visit(_ large: Shape, _ small: Shape, _ body: (Int, Int, Int) -> Void) {
    let x = PlainTensor(large), y = PlainTensor(small)
    let padding = self.padding.lifted(filling: 0)
    y.forEachPlace { n, o, slice, row, column in
      for c in 0..<large.channels {
        for tap in 0..<kernel.count {
          let (rest, kernelColumn) = tap.quotientAndRemainder(dividingBy: kernel.width)
          let (kernelSlice, kernelRow) = rest.quotientAndRemainder(dividingBy: kernel.height)
          let plane = slice * stride.depth + kernelSlice * dilation.depth - padding.depth
          let line = row * stride.height + kernelRow * dilation.height - padding.height
          let place = column * stride.width + kernelColumn * dilation.width - padding.width
          guard (0..<large.extent.depth).contains(plane), (0..<large.height).contains(line),
            (0..<large.width).contains(place)
          else { continue }
          let weight = (o * large.channels + c) * kernel.count + tap
          body(x.index(n, c, plane, line, place), y.index(n, o, slice, row, column), weight)
        }
      }
    }
  }
}

extension TransposedConvolution {
  func visit(_ large: Shape, _ small: Shape, _ body: (Int, Int, Int) -> Void) {
    Convolution(outputs: small.channels, kernel: kernel, stride: stride, padding: padding)
      .visit(large, small, body)
  }
}
