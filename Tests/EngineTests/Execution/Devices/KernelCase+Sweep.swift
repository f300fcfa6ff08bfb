@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Networks

/// The small shapes over which every kernel is checked.
extension KernelCase {
  static func convolution(
    _ convolution: Convolution, _ activation: Activation = .none, of input: Shape
  ) -> KernelCase? {
    let c = convolution
    let extent = SpatialExtent(rank: c.kernel.rank) { axis in
      let reach = c.dilation[axis] * (c.kernel[axis] - 1) + 1
      let room = input.extent[axis] + c.padding[axis] + c.paddingAfter[axis] - reach
      return room < 0 ? 0 : room / c.stride[axis] + 1
    }
    guard extent.count > 0 else { return nil }
    let weights = c.outputs * (input.channels / c.groups) * c.kernel.count
    return KernelCase(
      operation: .convolution(c), activation: activation, inputs: [input],
      outputs: [Shape(input.batch, c.outputs, extent)],
      parameters: [weights] + (c.hasBias ? [c.outputs] : []))
  }

  static func transposedConvolution(
    _ convolution: TransposedConvolution, _ activation: Activation = .none, of input: Shape
  ) -> KernelCase? {
    let c = convolution
    let extent = SpatialExtent(rank: c.kernel.rank) { axis in
      let steps = (input.extent[axis] - 1) * c.stride[axis]
      return max(0, steps - 2 * c.padding[axis] + c.kernel[axis] + c.outputPadding[axis])
    }
    guard extent.count > 0 else { return nil }
    return KernelCase(
      operation: .transposedConvolution(c), activation: activation, inputs: [input],
      outputs: [Shape(input.batch, c.outputs, extent)],
      parameters: [c.outputs * input.channels * c.kernel.count] + (c.hasBias ? [c.outputs] : []))
  }

  /// Kernels × strides × paddings × dilations; bias and ReLU take turns.
  static let convolutions: [KernelCase] = {
    var cases: [KernelCase?] = []
    for kernel in [(1, 1), (3, 3), (2, 2), (1, 3), (5, 1)] {
      for stride in [(1, 1), (2, 2), (1, 2)] {
        for padding in [(0, 0), (1, 1), (2, 0)] {
          for dilation in [(1, 1), (2, 2), (1, 3)] {
            if kernel == (1, 1), dilation != (1, 1) { continue }
            let convolution = Convolution(
              outputs: 2 + cases.count % 3, kernel: SpatialExtent(kernel),
              stride: SpatialExtent(stride),
              padding: SpatialExtent(padding), dilation: SpatialExtent(dilation),
              hasBias: cases.count % 2 == 0)
            cases.append(
              .convolution(
                convolution, cases.count % 3 == 0 ? .relu : .none, of: Shape(2, 3, 5, 6)))
          }
        }
      }
    }
    let wide = Convolution(
      outputs: 18, kernel: SpatialExtent((3, 3)), padding: SpatialExtent((1, 1)))
    let pointwise = Convolution(outputs: 33, kernel: SpatialExtent((1, 1)))
    cases += [
      .convolution(wide, .relu, of: Shape(3, 20, 4, 3)),
      .convolution(pointwise, .relu, of: Shape(2, 17, 3, 4)),
    ]
    return cases.compactMap { $0 }
  }()

  static let transposedConvolutions: [KernelCase] = {
    var cases: [KernelCase?] = []
    for kernel in [(1, 1), (2, 2), (3, 3), (3, 2), (4, 4)] {
      for stride in [(1, 1), (2, 2), (1, 2)] {
        for padding in [(0, 0), (1, 1), (1, 0)] {
          for outputPadding in [(0, 0), (1, 1), (0, 1)] {
            // As everywhere, less than the stride.
            if outputPadding.0 >= stride.0 || outputPadding.1 >= stride.1 { continue }
            let convolution = TransposedConvolution(
              outputs: 2 + cases.count % 3, kernel: SpatialExtent(kernel),
              stride: SpatialExtent(stride),
              padding: SpatialExtent(padding), outputPadding: SpatialExtent(outputPadding),
              hasBias: cases.count % 2 == 0)
            cases.append(
              .transposedConvolution(
                convolution, cases.count % 3 == 0 ? .relu : .none, of: Shape(2, 3, 3, 4)))
          }
        }
      }
    }
    let wide = TransposedConvolution(outputs: 18, kernel: SpatialExtent((2, 2)))
    cases.append(.transposedConvolution(wide, .relu, of: Shape(3, 20, 3, 2)))
    return cases.compactMap { $0 }
  }()

  /// Shapes below a vector, at its edges, beyond a block of channels, and (the last) of several
  /// chunks in blocks of 16.
  private static let shapes = [
    Shape(1, 1, 1, 2), Shape(2, 3, 3, 4), Shape(1, 17, 2, 3), Shape(3, 8, 1, 33),
    Shape(2, 2, 19, 29),
  ]

  static let batchNorms = shapes.flatMap(batchNorms)
  static let activations = shapes.flatMap(activations)
  /// A plane of several chunks in the plain layout.
  static let largePlanes = [Shape(1, 2, 91, 93)].flatMap {
    batchNorms(of: $0) + activations(of: $0)
  }

  static func batchNorms(of shape: Shape) -> [KernelCase] {
    [Activation.none, .relu, .prelu].map { activation in
      KernelCase(
        operation: .batchNorm(BatchNorm(epsilon: 1e-3, momentum: 0.25)), activation: activation,
        inputs: [shape], outputs: [shape],
        parameters: Array(repeating: shape.channels, count: activation == .prelu ? 3 : 2),
        state: [shape.channels, shape.channels])
    }
  }

  static func activations(of shape: Shape) -> [KernelCase] {
    [
      KernelCase(operation: .relu, inputs: [shape], outputs: [shape]),
      KernelCase(
        operation: .prelu, inputs: [shape], outputs: [shape], parameters: [shape.channels]),
    ]
  }

  /// Windows that fit and windows that leave rows and columns over.
  static let poolings = [(2, 2), (1, 2), (3, 2), (3, 3)].flatMap { size in
    [Shape(2, 3, 6, 6), Shape(1, 17, 7, 5)].flatMap { large in
      let size = SpatialExtent(size)
      let small = Shape(
        large.batch, large.channels, large.height / size.height, large.width / size.width)
      return [
        KernelCase(
          operation: .maxPool(MaxPool(size: size)), inputs: [large], outputs: [small, small]),
        KernelCase(
          operation: .maxUnpool(MaxUnpool(size: size, extent: large.extent)),
          inputs: [small, small], outputs: [large]),
      ]
    }
  }

  static let channelMoves =
    [[1, 2], [16, 16], [3, 17, 2], [8, 5, 19], [40, 8]].map { channels in
      KernelCase(
        operation: .concatenate, inputs: channels.map { Shape(2, $0, 3, 5) },
        outputs: [Shape(2, channels.reduce(0, +), 3, 5)])
    }
    + [(1, 2), (3, 19), (16, 32), (16, 16), (13, 16)].map { before, after in
      KernelCase(
        operation: .padChannels(PadChannels(channels: after)), inputs: [Shape(2, before, 3, 5)],
        outputs: [Shape(2, after, 3, 5)])
    } + [
      KernelCase(
        operation: .concatenate, inputs: [Shape(1, 2, 19, 29), Shape(1, 1, 19, 29)],
        outputs: [Shape(1, 3, 19, 29)])
    ]

  static let sums = [2, 3].flatMap { count in
    shapes.map { shape in
      KernelCase(
        operation: .add, inputs: Array(repeating: shape, count: count), outputs: [shape])
    }
  }

  static let dropouts = shapes.flatMap { shape in
    [
      KernelCase(
        operation: .spatialDropout(SpatialDropout(rate: 0.4)), inputs: [shape], outputs: [shape]),
      KernelCase(operation: .dropout(Dropout(rate: 0.4)), inputs: [shape], outputs: [shape]),
    ]
  }

  static let boundByMemory =
    batchNorms + activations + poolings + channelMoves + sums + dropouts + resizes
    + boundByMemoryInOtherRanks
  static let boundByArithmetic =
    convolutions + transposedConvolutions + convolutionsInOtherRanks + groupedConvolutions
    + sharedConvolutions + convLSTMs
}

extension SpatialExtent {
  init(_ extent: (Int, Int)) { self.init(height: extent.0, width: extent.1) }
}
