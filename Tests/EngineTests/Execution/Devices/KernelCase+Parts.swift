@testable import Groundwork
@testable import Networks

/// What architectures of the literature are made of besides plain convolutions and norms.
extension KernelCase {
  /// Channels cut into groups, with multiples, and padding that differs on both sides.
  static let groupedConvolutions: [KernelCase] = {
    let parts: [(channels: Int, outputs: Int, groups: Int)] = [
      (4, 6, 2), (6, 6, 3), (32, 32, 2), (3, 6, 3), (20, 10, 5),
    ]
    let grouped = parts.enumerated().flatMap { index, part in
      [(1, 1), (3, 1), (3, 2)].map { size, stride -> KernelCase? in
        let convolution = Convolution(
          outputs: part.outputs, kernel: [size, size], stride: [stride, stride],
          padding: [size / 2, size / 2], groups: part.groups, hasBias: index % 2 == 0)
        return .convolution(
          convolution, index % 2 == 0 ? .relu : .none, of: Shape(2, part.channels, 5, 4))
      }
    }
    let oneSided = [(1, 1), (3, 2), (5, 2)].map { size, stride -> KernelCase? in
      let convolution = Convolution(
        outputs: 5, kernel: [size, size], stride: [stride, stride],
        padding: [(size - 1) / 4, 0], paddingAfter: [size / 2, size / 2])
      return .convolution(convolution, of: Shape(2, 3, 6, 5))
    }
    return (grouped + oneSided).compactMap { $0 }
  }()

  static let depthwise: [KernelCase] = {
    var cases: [KernelCase?] = []
    for channels in [3, 18] {
      for (size, stride, dilation) in [
        (3, 1, 1), (3, 2, 1), (3, 1, 2), (5, 2, 1), (2, 2, 1), (3, 2, 3), (1, 1, 1), (3, 3, 1),
      ] {
        let reach = dilation * (size - 1)
        let convolution = Convolution(
          outputs: channels, kernel: [size, size], stride: [stride, stride],
          padding: [reach / 2, 0], paddingAfter: [reach / 2, reach],
          dilation: [dilation, dilation], groups: channels, hasBias: cases.count % 2 == 0)
        cases.append(
          .convolution(
            convolution, cases.count % 3 == 0 ? .relu : .none, of: Shape(2, channels, 7, 6)))
      }
    }
    // A line of several tiles, and a volume.
    let line = Convolution(outputs: 2, kernel: [3], padding: [1], groups: 2, hasBias: false)
    let volume = Convolution(
      outputs: 3, kernel: [3, 2, 3], stride: [1, 2, 1], padding: [1, 0, 1], groups: 3)
    cases += [
      .convolution(line, of: Shape(1, 2, [4100])),
      .convolution(volume, of: Shape(2, 3, [3, 4, 3])),
    ]
    return cases.compactMap { $0 }
  }()

  static let sharedConvolutions = [1, 2].map { dilation in
    let shared = SharedConvolution(outputs: 5, kernel: [3, 3], dilations: [dilation])
    return KernelCase(
      operation: .sharedConvolution(shared), inputs: [Shape(1, 3, 4, 5)],
      outputs: [Shape(1, 5, 4, 5)], parameters: [5 * 3 * 9])
  }

  /// One step and several, both ways, with channels that fill blocks and that do not.
  static let convLSTMs = [(1, 1), (2, 3), (8, 3)].flatMap { hidden, steps in
    [false, true].map { isReversed in
      let extent: SpatialExtent = [steps, 3, 4]
      return KernelCase(
        operation: .convLSTM(ConvLSTM(kernel: [3, 3], isReversed: isReversed)),
        inputs: [Shape(2, 4 * hidden, extent)], outputs: [Shape(2, hidden, extent)],
        parameters: [4 * hidden * hidden * 9, 4 * hidden])
    }
  }

  private static let windows: [(PoolingWindow, Shape)] = [
    (PoolingWindow(size: [3, 3], stride: [2, 2], padding: [1, 1]), Shape(2, 3, 7, 6)),
    (PoolingWindow(size: [3, 3], stride: [1, 1], padding: [1, 1]), Shape(1, 17, 4, 5)),
    (PoolingWindow(size: [3, 3], stride: [2, 2], roundsUp: true), Shape(2, 3, 6, 8)),
    (PoolingWindow(size: [2, 2], roundsUp: true), Shape(2, 3, 5, 7)),
    (PoolingWindow(size: [2, 3], stride: [3, 1], padding: [1, 0]), Shape(1, 2, 7, 5)),
    (
      PoolingWindow(size: [3, 3], stride: [2, 2], padding: [1, 1], roundsUp: true),
      Shape(1, 2, 6, 6)
    ),
    (PoolingWindow(size: [3], stride: [2], padding: [1]), Shape(2, 3, [9])),
    (
      PoolingWindow(size: [3, 2, 3], stride: [2, 2, 1], padding: [1, 0, 1]), Shape(1, 3, [4, 4, 3])
    ),
  ]

  static let overlappingPoolings =
    windows.map { window, large in
      let small = Shape(large.batch, large.channels, window.count(on: large.extent))
      return KernelCase(
        operation: .maxPool(MaxPool(window)), inputs: [large], outputs: [small, small])
    }

  static let averagePoolings =
    windows.flatMap { window, large in
      [true, false].map { countsPadding in
        KernelCase(
          operation: .averagePool(AveragePool(window, countsPadding: countsPadding)),
          inputs: [large],
          outputs: [Shape(large.batch, large.channels, window.count(on: large.extent))])
      }
    }
    + [
      (1, Shape(2, 3, 5, 4)), (2, Shape(1, 17, 5, 4)), (3, Shape(2, 3, 5, 7)),
      (6, Shape(1, 2, 4, 7)),
    ]
    .map { bins, large in
      KernelCase(
        operation: .adaptiveAveragePool(AdaptiveAveragePool(bins: [bins, bins])),
        inputs: [large], outputs: [Shape(large.batch, large.channels, bins, bins)])
    }

  static let crops = [
    KernelCase(
      operation: .crop(Crop(offset: [1, 2], extent: [3, 2])), inputs: [Shape(2, 3, 5, 6)],
      outputs: [Shape(2, 3, 3, 2)]),
    KernelCase(
      operation: .crop(Crop(offset: [0, 1], extent: [4, 3])), inputs: [Shape(1, 17, 4, 5)],
      outputs: [Shape(1, 17, 4, 3)]),
  ]

  static let groupNorms = [
    (Shape(2, 6, 3, 4), 2), (Shape(2, 3, 3, 4), 3), (Shape(1, 18, 2, 3), 6),
    (Shape(1, 4, 19, 29), 1), (Shape(2, 20, 2, 2), 5), (Shape(2, 4, [2, 2, 3]), 2),
  ].map { shape, groups in
    KernelCase(
      operation: .groupNorm(GroupNorm(groups: groups, epsilon: 1e-3)), inputs: [shape],
      outputs: [shape], parameters: [shape.channels, shape.channels])
  }

  /// The gate is whole, for each channel, for each place, and one for each sample.
  static let products = [Shape(2, 3, 3, 4), Shape(2, 18, 2, 3), Shape(1, 2, 19, 29)].flatMap {
    shape in
    [
      shape, Shape(shape.batch, shape.channels, 1, 1),
      Shape(shape.batch, 1, shape.height, shape.width), Shape(shape.batch, 1, 1, 1),
    ].map { gate in
      KernelCase(operation: .multiply, inputs: [shape, gate], outputs: [shape])
    }
  }

  /// All channels are moved or the first alone, on maps that fill tiles and blocks and such that do not.
  static let pointTransforms = [
    (Shape(2, 3, 1, 70), 3), (Shape(1, 5, 2, 3), 3), (Shape(2, 18, 1, 4), 17),
    (Shape(1, 9, 1, 300), 4),
    (Shape(3, 1, 2, 2), 1), (Shape(2, 3, [5]), 2),
  ].map { shape, size in
    let one = shape.extent.map { _ in 1 }
    return KernelCase(
      operation: .pointTransform(PointTransform(size: size)),
      inputs: [shape, Shape(shape.batch, size * size, one)], outputs: [shape])
  }

  private static let rectifiers = [Shape(2, 3, 3, 4), Shape(1, 17, 2, 3)].flatMap { shape in
    [Rectifier.leaky(slope: 0.2), Rectifier(ceiling: 0.5)].flatMap { rectifier in
      [
        KernelCase(operation: .rectifier(rectifier), inputs: [shape], outputs: [shape]),
        KernelCase(
          operation: .batchNorm(BatchNorm(epsilon: 1e-3, momentum: 0.25)),
          activation: .rectifier(rectifier), inputs: [shape], outputs: [shape],
          parameters: [shape.channels, shape.channels], state: [shape.channels, shape.channels]),
      ]
    }
      + [Operation.sigmoid, .swish].map {
        KernelCase(operation: $0, inputs: [shape], outputs: [shape])
      }
  }

  /// Batch norms that normalize with their running statistics in training.
  static let frozenNorms = [Shape(2, 3, 3, 4), Shape(1, 17, 2, 3), Shape(3, 8, 1, 33)].flatMap {
    shape in
    [Activation.none, .relu, .prelu, .rectifier(.leaky(slope: 0.2))].map { activation in
      KernelCase(
        operation: .batchNorm(BatchNorm(epsilon: 1e-3, momentum: 0.25, isFrozen: true)),
        activation: activation, inputs: [shape], outputs: [shape],
        parameters: Array(repeating: shape.channels, count: activation == .prelu ? 3 : 2),
        state: [shape.channels, shape.channels])
    }
  }

  static let parts =
    frozenNorms + depthwise + overlappingPoolings + averagePoolings + crops + groupNorms + products
    + pointTransforms
    + shuffles
    + rectifiers

  static let shuffles = [
    KernelCase(
      operation: .pixelShuffle(PixelShuffle(factor: 2)), inputs: [Shape(2, 12, 3, 2)],
      outputs: [Shape(2, 3, 6, 4)]),
    KernelCase(
      operation: .pixelShuffle(PixelShuffle(factor: 3)), inputs: [Shape(1, 18, 2, 2)],
      outputs: [Shape(1, 2, 6, 6)]),
    KernelCase(
      operation: .channelShuffle(ChannelShuffle(groups: 3)), inputs: [Shape(2, 12, 3, 2)],
      outputs: [Shape(2, 12, 3, 2)]),
    KernelCase(
      operation: .channelShuffle(ChannelShuffle(groups: 2)), inputs: [Shape(1, 20, 2, 2)],
      outputs: [Shape(1, 20, 2, 2)]),
  ]
}
