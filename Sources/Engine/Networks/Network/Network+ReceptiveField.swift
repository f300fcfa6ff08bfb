internal import Groundwork

extension Network {
  /// The receptive field of every value, in the order of ``values``.
  ///
  /// A window of k values that are j pixels apart adds (k − 1) · j to the field, and a stride multiplies
  /// j (Araujo, Norris & Sim 2019). Where paths meet, the largest field counts. What norms, which
  /// see whole maps, add is left out, as the literature does.
  package var receptiveFields: [ReceptiveField] {
    var fields = [ReceptiveField](
      repeating: .pixel(rank: input.extent.rank), count: values.count)
    for node in nodes {
      if case .regions = node.operation {
        // What regions see begins anew with them.
        for output in node.outputs {
          fields[output] = .pixel(rank: values[output].shape.extent.rank)
        }
        continue
      }
      let inputs = node.inputs.map { fields[$0] }
      let shapes = node.inputs.map { values[$0].shape }
      for (index, output) in node.outputs.enumerated() {
        let reach = node.operation.reach(
          output: index, from: shapes[0].extent, to: values[output].shape.extent)
        fields[output] = reach.field(of: inputs)
      }
    }
    return fields
  }
}

/// What an output of an operation sees of its input along each axis.
private struct Reach {
  /// From the first to the last value that it reads, both counted.
  var window: [Double]
  /// How many values of the input there are for one of the output.
  var stride: [Double]

  static func ownPlace(rank: Int) -> Reach {
    let ones = [Double](repeating: 1, count: rank)
    return Reach(window: ones, stride: ones)
  }

  /// - Parameter inputs: the first of them is the one that places are counted on; a gate of extent 1
  ///   may come behind it.
  func field(of inputs: [ReceptiveField]) -> ReceptiveField {
    let axes = window.indices
    return ReceptiveField(
      extents: axes.map { axis in
        (inputs.map { $0.extents[axis] }.max() ?? 1)
          + (window[axis] - 1) * inputs[0].jumps[axis]
      },
      jumps: axes.map { inputs[0].jumps[$0] * stride[$0] })
  }
}

extension Operation {
  fileprivate func reach(
    output: Int, from source: SpatialExtent, to target: SpatialExtent
  ) -> Reach {
    switch self {
    case .convolution(let convolution): Reach(convolution)
    case .sharedConvolution(let shared):
      Reach(shared.convolution(dilation: shared.dilations[output]))
    case .transposedConvolution(let convolution):
      // A value of the output lies under ⌈kernel / stride⌉ kernels at most.
      Reach(
        window: zip(convolution.kernel.extents, convolution.stride.extents)
          .map { Double(($0 + $1 - 1) / $1) },
        stride: convolution.stride.extents.map { 1 / Double($0) })
    case .convLSTM(let memory): Reach(memory, steps: source.depth)
    case .maxPool(let pool): Reach(pool.window)
    case .averagePool(let pool): Reach(pool.window)
    case .maxUnpool(let unpool):
      Reach(
        window: unpool.size.extents.map { _ in 1 },
        stride: unpool.size.extents.map { 1 / Double($0) })
    case .adaptiveAveragePool(let pool): Reach(pool, from: source, to: target)
    case .resize(let resize): Reach(resize, from: source, to: target)
    case .pixelShuffle(let shuffle):
      Reach(
        window: source.extents.map { _ in 1 },
        stride: source.extents.map { _ in 1 / Double(shuffle.factor) })
    case .batchNorm, .groupNorm, .rectifier, .prelu, .sigmoid, .swish, .crop, .concatenate, .add,
      .multiply, .pointTransform, .padChannels, .channelShuffle, .dropout, .spatialDropout,
      .regions:
      .ownPlace(rank: source.rank)
    }
  }
}

extension Reach {
  fileprivate init(_ convolution: Convolution) {
    window = zip(convolution.kernel.extents, convolution.dilation.extents)
      .map { Double(($0 - 1) * $1 + 1) }
    stride = convolution.stride.extents.map(Double.init)
  }

  /// A memory sees every step up to its own, and of the first as much as the kernels of all steps after it reach.
  fileprivate init(_ memory: ConvLSTM, steps: Int) {
    window = [Double(steps)] + memory.kernel.extents.map { Double(($0 - 1) * (steps - 1) + 1) }
    stride = [1, 1, 1]
  }

  fileprivate init(_ pooling: PoolingWindow) {
    window = pooling.size.extents.map(Double.init)
    stride = pooling.stride.extents.map(Double.init)
  }

  /// A map that is sampled on a grid of another extent.
  fileprivate init(
    _ sampling: some SeparableSampling, from source: SpatialExtent, to target: SpatialExtent
  ) {
    window = (0..<source.rank).map { axis in
      Double(
        sampling.runs(axis: axis, from: source, to: target).map(\.weights.count).max() ?? 1)
    }
    stride = (0..<source.rank).map { Double(source[$0]) / Double(target[$0]) }
  }
}
