@testable import Datasets
import Foundation
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
    case .batchNorm(let norm) where norm.isFrozen:
      // What the harness binds beside the values of a case.
      let state = values(of: harness.target.valuePrecision).state
      y = x
      y.forEach { n, c, row, column in
        let deviation = (state[1][c] + Double(norm.epsilon)).squareRoot()
        y[n, c, row, column] =
          (x[n, c, row, column] - state[0][c]) / deviation * parameters[0][c] + parameters[1][c]
      }
    case .batchNorm(let norm):
      y = naiveBatchNorm(x, parameters, epsilon: Double(norm.epsilon))
    case .sharedConvolution(let shared):
      return shared.dilations.enumerated().map { index, dilation in
        var y = PlainTensor(outputs[index])
        shared.convolution(dilation: dilation).visit(x.shape, y.shape) { large, small, weight in
          y.values[small] += x.values[large] * parameters[0][weight]
        }
        return y
      }
    case .convLSTM(let memory):
      y = naiveConvLSTM(x, parameters, memory)
    case .groupNorm(let norm):
      y = naiveGroupNorm(x, parameters, norm)
    case .rectifier(let rectifier):
      y.values = x.values.map(rectifier.naive)
    case .sigmoid:
      y.values = x.values.map { 1 / (1 + exp(-$0)) }
    case .swish:
      y.values = x.values.map { $0 / (1 + exp(-$0)) }
    case .prelu:
      y = x
      y.rectify(slopes: parameters[0])
    case .regions(let operation):
      preconditionFailure("\(operation) is compared with torchvision's: see MaskRCNNParityTests")
    case .maxPool(let pool):
      return naiveMaxPool(x, pool.window)
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
    case .averagePool(let pool):
      y = naiveAveragePool(x, pool)
    case .adaptiveAveragePool:
      y = naiveAdaptiveAveragePool(x)
    case .crop(let crop):
      let offset = crop.offset.lifted(filling: 0)
      y.forEachPlace { n, c, slice, row, column in
        y[n, c, slice, row, column] =
          x[n, c, slice + offset.depth, row + offset.height, column + offset.width]
      }
    case .multiply:
      y = naiveProduct(x, inputs[1])
    case .pointTransform(let transform):
      y = naiveTransform(x, inputs[1], size: transform.size)
    case .pixelShuffle(let shuffle):
      let r = shuffle.factor
      y.forEach { n, c, row, column in
        y[n, c, row, column] = x[n, (c * r + row % r) * r + column % r, row / r, column / r]
      }
    case .channelShuffle(let shuffle):
      let columns = x.shape.channels / shuffle.groups
      x.forEach { n, c, row, column in
        y[n, c % columns * shuffle.groups + c / columns, row, column] = x[n, c, row, column]
      }
    case .dropout(let dropout):
      y = naiveValueDropout(x, rate: dropout.rate, harness: harness)
    case .add:
      for input in inputs { y.values = zip(y.values, input.values).map { $0 + $1 } }
    case .resize(let resize):
      y = naiveResize(x, resize)
    case .spatialDropout(let dropout):
      y = naiveDropout(x, rate: dropout.rate, harness: harness)
    }
    switch activation {
    case .none: break
    case .rectifier(let rectifier): y.values = y.values.map(rectifier.naive)
    case .prelu: y.rectify(slopes: parameters[parameters.count - 1])
    }
    return [y]
  }

  private func naiveConvLSTM(
    _ x: PlainTensor, _ parameters: [[Double]], _ memory: ConvLSTM
  ) -> PlainTensor {
    var y = PlainTensor(outputs[0])
    let hidden = y.shape.channels, extent = y.shape.extent
    let step: SpatialExtent = [extent.height, extent.width]
    let none = PlainTensor(Shape(y.shape.batch, hidden, step))
    var (h, c) = (none, none)
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    let steps = Array(0..<extent.depth)
    for t in memory.isReversed ? steps.reversed() : steps {
      var gates = PlainTensor(Shape(y.shape.batch, 4 * hidden, step))
      memory.recurrent(hidden: hidden).visit(h.shape, gates.shape) { large, small, weight in
        gates.values[small] += h.values[large] * parameters[0][weight]
      }
      gates.add(parameters[1])
      gates.forEach { n, c, row, column in gates[n, c, row, column] += x[n, c, t, row, column] }
      h.forEach { n, channel, row, column in
        let (i, f, o) = (
          sigmoid(gates[n, channel, row, column]), sigmoid(gates[n, hidden + channel, row, column]),
          sigmoid(gates[n, 2 * hidden + channel, row, column])
        )
        let g = tanh(gates[n, 3 * hidden + channel, row, column])
        c[n, channel, row, column] = f * c[n, channel, row, column] + i * g
        h[n, channel, row, column] = o * tanh(c[n, channel, row, column])
        y[n, channel, t, row, column] = h[n, channel, row, column]
      }
    }
    return y
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

  private func naiveTransform(
    _ x: PlainTensor, _ matrix: PlainTensor, size: Int
  ) -> PlainTensor {
    var y = x
    for n in 0..<x.shape.batch {
      for place in 0..<x.shape.area {
        func index(_ channel: Int) -> Int {
          (n * x.shape.channels + channel) * x.shape.area + place
        }
        for j in 0..<size {
          for i in 0..<size {
            y.values[index(j)] +=
              x.values[index(i)] * matrix.values[n * size * size + i * size + j]
          }
        }
      }
    }
    return y
  }

  private func naiveGroupNorm(
    _ x: PlainTensor, _ parameters: [[Double]], _ norm: GroupNorm
  ) -> PlainTensor {
    var y = x
    let count = x.shape.channels / norm.groups
    x.forEach { n, c, row, column in
      let first = x.index(n, c / count * count, 0, 0)
      let group = x.values[first..<first + count * x.shape.area]
      let mean = group.reduce(0, +) / Double(group.count)
      let variance = group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(group.count)
      let deviation = (variance + Double(norm.epsilon)).squareRoot()
      y[n, c, row, column] =
        (x[n, c, row, column] - mean) / deviation * parameters[0][c] + parameters[1][c]
    }
    return y
  }

  private func naiveMaxPool(_ x: PlainTensor, _ window: PoolingWindow) -> [PlainTensor] {
    var maxima = PlainTensor(outputs[0]), positions = PlainTensor(outputs[1])
    maxima.forEachPlace { n, c, slice, row, column in
      var best = -Double.infinity
      x.forEachPlace(of: window, at: (slice, row, column)) { z, line, place, position in
        let value = x[n, c, z, line, place]
        guard value > best else { return }
        best = value
        positions[n, c, slice, row, column] = Double(position)
      }
      maxima[n, c, slice, row, column] = best
    }
    return [maxima, positions]
  }

  private func naiveAveragePool(_ x: PlainTensor, _ pool: AveragePool) -> PlainTensor {
    var y = PlainTensor(outputs[0])
    let extent = x.shape.extent.lifted(filling: 1)
    let (size, stride, padding) = (
      pool.window.size.lifted(filling: 1), pool.window.stride.lifted(filling: 1),
      pool.window.padding.lifted(filling: 0)
    )
    y.forEachPlace { n, c, slice, row, column in
      var sum = 0.0, inside = 0
      x.forEachPlace(of: pool.window, at: (slice, row, column)) { z, line, place, _ in
        sum += x[n, c, z, line, place]
        inside += 1
      }
      let padded = zip(0..<3, [slice, row, column]).reduce(1) { product, axis in
        let start = axis.1 * stride[axis.0] - padding[axis.0]
        return product * (min(start + size[axis.0], extent[axis.0] + padding[axis.0]) - start)
      }
      y[n, c, slice, row, column] = sum / Double(pool.countsPadding ? padded : inside)
    }
    return y
  }

  private func naiveAdaptiveAveragePool(_ x: PlainTensor) -> PlainTensor {
    var y = PlainTensor(outputs[0])
    let source = x.shape.extent.lifted(filling: 1), bins = y.shape.extent.lifted(filling: 1)
    func part(_ axis: Int, _ bin: Int) -> Range<Int> {
      let end = Double((bin + 1) * source[axis]) / Double(bins[axis])
      return bin * source[axis] / bins[axis]..<Int(end.rounded(.up))
    }
    y.forEachPlace { n, c, slice, row, column in
      let box = (part(0, slice), part(1, row), part(2, column))
      var sum = 0.0
      for z in box.0 {
        for line in box.1 { for place in box.2 { sum += x[n, c, z, line, place] } }
      }
      y[n, c, slice, row, column] = sum / Double(box.0.count * box.1.count * box.2.count)
    }
    return y
  }

  private func naiveProduct(_ x: PlainTensor, _ gate: PlainTensor) -> PlainTensor {
    var y = x
    x.forEachPlace { n, c, slice, row, column in
      let channel = gate.shape.channels == 1 ? 0 : c
      y[n, c, slice, row, column] *=
        gate.shape.area == 1
        ? gate[n, channel, 0, 0, 0] : gate[n, channel, slice, row, column]
    }
    return y
  }

  private func naiveValueDropout(
    _ x: PlainTensor, rate: Float, harness: KernelHarness
  ) -> PlainTensor {
    var y = x
    let purpose = RandomStream.Purpose("dropout#\(harness.node)")
    for n in 0..<x.shape.batch {
      var stream = RandomStream(
        seed: harness.pass.seed, purpose: purpose, epoch: harness.pass.step, sample: n)
      for first in Swift.stride(from: 0, to: x.shape.channels, by: 16) {
        for pixel in 0..<x.shape.area {
          for c in first..<first + 16 {
            let isDropped = stream.uniform() < rate
            guard c < x.shape.channels else { continue }
            y.values[x.index(n, c, 0, 0) + pixel] *= isDropped ? 0 : 1 / (1 - Double(rate))
          }
        }
      }
    }
    return y
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
      if resize.alignsCorners {
        step = target[axis] > 1 ? Double(last) / Double(target[axis] - 1) : 0
      }
      let centred = resize.alignsCorners ? Double(index) * step : (Double(index) + 0.5) * step - 0.5
      let place = min(max(centred, 0), Double(last))
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

  /// Calls `body` with every place of a pooling's window that lies within this tensor, and its position
  /// in the window.
  func forEachPlace(
    of window: PoolingWindow, at index: (slice: Int, row: Int, column: Int),
    _ body: (_ slice: Int, _ row: Int, _ column: Int, _ position: Int) -> Void
  ) {
    let size = window.size.lifted(filling: 1), stride = window.stride.lifted(filling: 1)
    let padding = window.padding.lifted(filling: 0)
    for position in 0..<size.count {
      let slice = index.slice * stride.depth - padding.depth + position / (size.height * size.width)
      let row = index.row * stride.height - padding.height + position / size.width % size.height
      let column = index.column * stride.width - padding.width + position % size.width
      guard (0..<shape.extent.depth).contains(slice), (0..<shape.height).contains(row),
        (0..<shape.width).contains(column)
      else { continue }
      body(slice, row, column, position)
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
  /// weight `[small channels, large channels / groups, depth, height, width]` that meet in a product.
  func visit(_ large: Shape, _ small: Shape, _ body: (Int, Int, Int) -> Void) {
    let x = PlainTensor(large), y = PlainTensor(small)
    let padding = self.padding.lifted(filling: 0)
    y.forEachPlace { n, o, slice, row, column in
      let inputs = large.channels / groups, group = o / (small.channels / groups)
      for c in group * inputs..<(group + 1) * inputs {
        for tap in 0..<kernel.count {
          let (rest, kernelColumn) = tap.quotientAndRemainder(dividingBy: kernel.width)
          let (kernelSlice, kernelRow) = rest.quotientAndRemainder(dividingBy: kernel.height)
          let plane = slice * stride.depth + kernelSlice * dilation.depth - padding.depth
          let line = row * stride.height + kernelRow * dilation.height - padding.height
          let place = column * stride.width + kernelColumn * dilation.width - padding.width
          guard (0..<large.extent.depth).contains(plane), (0..<large.height).contains(line),
            (0..<large.width).contains(place)
          else { continue }
          let weight = (o * inputs + c % inputs) * kernel.count + tap
          body(x.index(n, c, plane, line, place), y.index(n, o, slice, row, column), weight)
        }
      }
    }
  }
}

extension Rectifier {
  fileprivate func naive(_ x: Double) -> Double {
    min(x > 0 ? x : x * Double(slope), ceiling.map(Double.init) ?? .infinity)
  }
}

extension TransposedConvolution {
  func visit(_ large: Shape, _ small: Shape, _ body: (Int, Int, Int) -> Void) {
    Convolution(outputs: small.channels, kernel: kernel, stride: stride, padding: padding)
      .visit(large, small, body)
  }
}
