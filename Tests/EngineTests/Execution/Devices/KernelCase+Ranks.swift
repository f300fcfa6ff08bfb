@testable import Datasets
@testable import Groundwork
@testable import Networks

/// The same sweep over features of one and of three spatial axes.
extension KernelCase {
  static let convolutionsInOtherRanks =
    convolutionsOfLines + convolutionsOfVolumes + transposedInOtherRanks

  private static let convolutionsOfLines: [KernelCase] = {
    var cases: [KernelCase?] = []
    for kernel in [1, 2, 3, 5] {
      for stride in [1, 2] {
        for padding in [0, 1, 2] {
          for dilation in [1, 2] {
            let convolution = Convolution(
              outputs: 2 + cases.count % 3, kernel: [kernel], stride: [stride], padding: [padding],
              dilation: [dilation], hasBias: cases.count % 2 == 0)
            cases.append(
              .convolution(
                convolution, cases.count % 3 == 0 ? .relu : .none, of: Shape(2, 3, [9])))
          }
        }
      }
    }
    let wide = Convolution(outputs: 18, kernel: [3], padding: [1])
    // No window lies inside the line.
    let around = Convolution(outputs: 16, kernel: [3], stride: [2], padding: [1])
    cases += [
      .convolution(wide, .relu, of: Shape(3, 20, [11])),
      .convolution(around, of: Shape(1, 32, [1])),
    ]
    return cases.compactMap { $0 }
  }()

  private static let convolutionsOfVolumes: [KernelCase] = {
    var cases: [KernelCase?] = []
    let kernels: [SpatialExtent] = [[1, 1, 1], [3, 3, 3], [2, 2, 2], [1, 3, 3], [3, 1, 2]]
    let strides: [SpatialExtent] = [[1, 1, 1], [2, 2, 2], [1, 2, 1]]
    let paddings: [SpatialExtent] = [[0, 0, 0], [1, 1, 1], [2, 0, 1]]
    let dilations: [SpatialExtent] = [[1, 1, 1], [2, 1, 2]]
    for kernel in kernels {
      for stride in strides {
        for padding in paddings {
          for dilation in dilations {
            if kernel.count == 1, dilation.count != 1 { continue }
            let convolution = Convolution(
              outputs: 2 + cases.count % 3, kernel: kernel, stride: stride, padding: padding,
              dilation: dilation, hasBias: cases.count % 2 == 0)
            cases.append(
              .convolution(
                convolution, cases.count % 3 == 0 ? .relu : .none, of: Shape(2, 2, [3, 4, 5])))
          }
        }
      }
    }
    let wide = Convolution(outputs: 18, kernel: [3, 3, 3], padding: [1, 1, 1])
    let pointwise = Convolution(outputs: 33, kernel: [1, 1, 1])
    cases += [
      .convolution(wide, .relu, of: Shape(2, 20, [3, 2, 3])),
      .convolution(pointwise, .relu, of: Shape(2, 17, [2, 3, 2])),
    ]
    return cases.compactMap { $0 }
  }()

  private static let transposedInOtherRanks: [KernelCase] = {
    let windows:
      [(
        kernel: SpatialExtent, stride: SpatialExtent, padding: SpatialExtent, more: SpatialExtent
      )] = [
        ([2], [2], [0], [0]), ([3], [2], [1], [1]), ([4], [2], [1], [0]), ([3], [1], [1], [0]),
        ([1, 1, 1], [1, 1, 1], [0, 0, 0], [0, 0, 0]),
        ([2, 2, 2], [2, 2, 2], [0, 0, 0], [0, 0, 0]),
        ([3, 3, 3], [2, 2, 2], [1, 1, 1], [1, 1, 1]),
        ([1, 2, 2], [1, 2, 2], [0, 0, 0], [0, 0, 0]),
        ([3, 2, 4], [1, 2, 2], [1, 0, 1], [0, 1, 0]),
      ]
    let cases = windows.enumerated().flatMap { index, window -> [KernelCase?] in
      let input = window.kernel.rank == 1 ? Shape(2, 3, [5]) : Shape(2, 3, [2, 3, 2])
      return [Activation.none, .relu].map { activation -> KernelCase? in
        let convolution = TransposedConvolution(
          outputs: 2 + index % 3, kernel: window.kernel, stride: window.stride,
          padding: window.padding, outputPadding: window.more, hasBias: activation == .relu)
        return .transposedConvolution(convolution, activation, of: input)
      }
    }
    let wide = TransposedConvolution(outputs: 18, kernel: [2, 2, 2])
    return (cases + [.transposedConvolution(wide, .relu, of: Shape(2, 20, [2, 2, 3]))])
      .compactMap { $0 }
  }()

  /// Shapes below a vector, beyond a block of channels, and of several chunks in blocks of 16.
  private static let shapesInOtherRanks = [
    Shape(2, 3, [5]), Shape(1, 17, [2, 3, 2]), Shape(2, 2, [5, 11, 10]),
  ]

  static let boundByMemoryInOtherRanks: [KernelCase] =
    shapesInOtherRanks.flatMap { shape in
      batchNorms(of: shape) + activations(of: shape) + channelMoves(of: shape)
    } + poolingsInOtherRanks

  private static func channelMoves(of shape: Shape) -> [KernelCase] {
    [
      KernelCase(operation: .add, inputs: [shape, shape], outputs: [shape]),
      KernelCase(
        operation: .spatialDropout(SpatialDropout(rate: 0.4)), inputs: [shape], outputs: [shape]),
      KernelCase(
        operation: .concatenate, inputs: [shape, shape],
        outputs: [Shape(shape.batch, 2 * shape.channels, shape.extent)]),
      KernelCase(
        operation: .padChannels(PadChannels(channels: 19)), inputs: [shape],
        outputs: [Shape(shape.batch, 19, shape.extent)]),
    ]
  }

  private static let poolingsInOtherRanks: [KernelCase] =
    poolings([[2], [3]], on: [Shape(2, 3, [7]), Shape(1, 17, [6])])
    + poolings(
      [[2, 2, 2], [1, 2, 2], [3, 2, 1], [2, 3, 3]],
      on: [Shape(2, 3, [4, 5, 6]), Shape(1, 17, [3, 4, 3])])

  /// Windows that fit and windows that leave values over.
  private static func poolings(_ sizes: [SpatialExtent], on shapes: [Shape]) -> [KernelCase] {
    sizes.flatMap { size in
      shapes.flatMap { large in
        let extent = SpatialExtent(rank: size.rank) { large.extent[$0] / size[$0] }
        let small = Shape(large.batch, large.channels, extent)
        return [
          KernelCase(
            operation: .maxPool(MaxPool(size: size)), inputs: [large], outputs: [small, small]),
          KernelCase(
            operation: .maxUnpool(MaxUnpool(size: size, extent: large.extent)),
            inputs: [small, small], outputs: [large]),
        ]
      }
    }
  }

  /// Enlarging and shrinking, to an extent and by factors, in every rank.
  static let resizes: [KernelCase] = {
    let targets: [(Shape, Resize.Target)] = [
      (Shape(2, 3, [5]), .extent([8])), (Shape(2, 3, [5]), .extent([3])),
      (Shape(2, 3, [5]), .scale([1.7])), (Shape(1, 17, [4]), .scale([2])),
      (Shape(2, 3, 3, 4), .extent([6, 8])), (Shape(2, 3, 5, 4), .extent([2, 7])),
      (Shape(2, 3, 3, 4), .scale([2, 2])), (Shape(2, 3, 3, 5), .scale([1.5, 0.7])),
      (Shape(1, 17, 2, 3), .scale([2, 3])), (Shape(1, 3, 1, 1), .extent([3, 2])),
      (Shape(1, 2, 3, 37), .extent([3, 37])), (Shape(1, 1, 9, 9), .extent([2, 2])),
      (Shape(1, 3, [2, 3, 4]), .extent([4, 6, 8])), (Shape(1, 3, [3, 2, 4]), .extent([2, 4, 3])),
      (Shape(1, 3, [2, 3, 4]), .scale([1, 2, 2.5])), (Shape(1, 18, [2, 2, 2]), .scale([2, 2, 2])),
    ]
    return targets.flatMap { input, target in
      Resize.Interpolation.allCases.map { interpolation -> KernelCase in
        let resize = Resize(
          target: target, interpolation: interpolation,
          alignsCorners: input.channels == 17 || input.batch == 1)
        let output = resize.outputs(for: [FeatureShape(input.channels, input.extent)])[0]
        return KernelCase(
          operation: .resize(resize), inputs: [input],
          outputs: [Shape(input.batch, input.channels, output.extent)])
      }
    }
  }()
}
