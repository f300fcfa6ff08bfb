@testable import Groundwork
@testable import ModelFiles
@testable import Networks

/// A small network of a few operations, for images of 4 channels.
struct OperationCase: Sendable, CustomStringConvertible {
  typealias Feature = NetworkBuilder.Feature

  /// The layer of written networks that it has; `nil` for operations that no layer is.
  let layer: String?
  let name: String
  /// Whether its model takes images of other sizes.
  let isElastic: Bool
  let multiple: Int
  let build: @Sendable (inout NetworkBuilder) -> Feature

  init(
    _ layer: String?, _ name: String, isElastic: Bool = true, multiple: Int = 1,
    _ build: @escaping @Sendable (inout NetworkBuilder) -> Feature
  ) {
    (self.layer, self.name, self.isElastic, self.multiple) = (layer, name, isElastic, multiple)
    self.build = build
  }

  var description: String { name }

  /// Odd and even, where any will do.
  var size: Size {
    multiple == 1 ? Size(height: 13, width: 18) : Size(height: 2 * multiple, width: 3 * multiple)
  }

  func network(_ size: Size) -> Network {
    var net = NetworkBuilder(name: name, input: NetworkInput(channels: 4, size: size))
    let logits = build(&net)
    return net.build(logits: logits)
  }

  var sizes: [ImageSizes] {
    ImageSizes.candidates(network(size), multiple: multiple) { network($0) }
  }
}

extension OperationCase {
  static let all =
    convolutions + norms + activations + poolings + unpoolings + averages + resizings + crops
    + joinings + shuffles

  private static func operation(_ operation: Operation)
    -> @Sendable (inout NetworkBuilder) ->
    Feature
  {
    { $0.append("operation", operation, [$0.input])[0] }
  }

  private static let convolutions = [
    OperationCase("convolution", "convolution") {
      $0.convolution("conv", $0.input, outputs: 5, kernel: Size(height: 3, width: 5))
    },
    OperationCase(
      "convolution", "convolution_one_sided",
      operation(
        .convolution(
          Convolution(
            outputs: 6, kernel: [3, 3], stride: [2, 2], padding: [0, 0], paddingAfter: [1, 1],
            groups: 2)))),
    OperationCase("convolution", "convolution_depthwise") {
      $0.convolution(
        "conv", $0.input, outputs: 4, kernel: Size(square: 3), dilation: 2, groups: 4, bias: false)
    },
    OperationCase(nil, "convolution_shared") {
      let maps = $0.sharedConvolution(
        "conv", $0.input, outputs: 3, kernel: [3, 3], dilations: [1, 2, 4])
      return $0.concatenate("join", [maps[2], maps[0]])
    },
    OperationCase("transposed_convolution", "transposed_convolution") {
      $0.transposedConvolution(
        "conv", $0.input, outputs: 3, kernel: Size(square: 3), padding: 1, outputPadding: 1)
    },
    OperationCase("transposed_convolution", "transposed_convolution_norm") {
      let x = $0.transposedConvolution(
        "conv", $0.input, outputs: 3, kernel: Size(square: 4), padding: 1, bias: false)
      return $0.batchNorm("norm", x)
    },
  ]

  private static let norms = [
    OperationCase("batch_norm", "batch_norm") { $0.batchNorm("norm", $0.input, epsilon: 1e-3) },
    OperationCase("batch_norm", "batch_norm_folded") {
      let x = $0.convolution("conv", $0.input, outputs: 6, kernel: Size(square: 3), groups: 2)
      return $0.relu($0.batchNorm("norm", x))
    },
    OperationCase("batch_norm", "batch_norm_beside_its_input") {
      let x = $0.convolution("conv", $0.input, outputs: 6, kernel: Size(square: 3))
      return $0.add("sum", x, $0.batchNorm("norm", x))
    },
    OperationCase("group_norm", "group_norm") { $0.groupNorm("norm", $0.input, groups: 2) },
    OperationCase("instance_norm", "instance_norm") { $0.instanceNorm("norm", $0.input) },
  ]

  private static let activations = [
    OperationCase("relu", "relu") { $0.relu($0.input) },
    OperationCase("relu6", "relu6", operation(.rectifier(Rectifier(ceiling: 0.5)))),
    OperationCase("leaky_relu", "leaky_relu", operation(.rectifier(.leaky(slope: 0.1)))),
    OperationCase(
      nil, "leaky_relu_with_ceiling", operation(.rectifier(Rectifier(slope: 0.2, ceiling: 0.5)))),
    OperationCase("prelu", "prelu") { $0.prelu("prelu", $0.input) },
    OperationCase("sigmoid", "sigmoid") { $0.sigmoid($0.input) },
    OperationCase("swish", "swish") { $0.swish($0.swish($0.input)) },
  ]

  private static let poolings = [
    OperationCase("max_pool", "max_pool") {
      $0.maxPool("pool", $0.input, size: 3, stride: 2, padding: 1)
    },
    OperationCase("max_pool", "max_pool_rounding_up") {
      $0.maxPool("pool", $0.input, size: 2, stride: 2, roundsUp: true)
    },
    OperationCase("max_pool", "max_pool_padded_rounding_up") {
      $0.maxPool("pool", $0.input, size: 3, stride: 2, padding: 1, roundsUp: true)
    },
  ]

  private static let unpoolings = [
    OperationCase("max_unpool", "max_unpool", multiple: 2) {
      let (maxima, positions) = $0.maxPool("pool", $0.input)
      return $0.maxUnpool("unpool", $0.sigmoid(maxima), positions: positions)
    },
    OperationCase("max_unpool", "max_unpool_of_odd_extents") {
      let extent = $0.shape(of: $0.input).extent
      let (maxima, positions) = $0.maxPool("pool", $0.input)
      return $0.maxUnpool("unpool", $0.sigmoid(maxima), positions: positions, extent: extent)
    },
    OperationCase("max_unpool", "max_unpool_rounding_up") {
      let extent = $0.shape(of: $0.input).extent
      let (maxima, positions) = $0.maxPool(
        "pool", $0.input, PoolingWindow(size: [2, 2], roundsUp: true))
      return $0.maxUnpool("unpool", $0.sigmoid(maxima), positions: positions, extent: extent)
    },
  ]

  private static let averages = [
    OperationCase("average_pool", "average_pool") {
      $0.averagePool(
        "pool", $0.input, PoolingWindow(size: [3, 3], stride: [2, 2], padding: [1, 1]))
    },
    OperationCase("average_pool", "average_pool_of_values") {
      $0.averagePool(
        "pool", $0.input, PoolingWindow(size: [3, 3], stride: [2, 2], padding: [1, 1]),
        countsPadding: false)
    },
    OperationCase("average_pool", "average_pool_rounding_up") {
      $0.averagePool("pool", $0.input, PoolingWindow(size: [2, 2], roundsUp: true))
    },
    OperationCase("average_pool", "average_pool_padded_rounding_up", isElastic: false) {
      $0.averagePool(
        "pool", $0.input,
        PoolingWindow(size: [2, 2], stride: [2, 2], padding: [1, 1], roundsUp: true))
    },
    OperationCase("adaptive_average_pool", "adaptive_average_pool") {
      $0.adaptiveAveragePool("pool", $0.input, bins: 1)
    },
    OperationCase("adaptive_average_pool", "adaptive_average_pool_of_bins") {
      $0.adaptiveAveragePool("pool", $0.input, bins: 3)
    },
  ]

  private static func resizing(
    _ target: Resize.Target, _ interpolation: Resize.Interpolation = .linear,
    alignsCorners: Bool = false
  ) -> @Sendable (inout NetworkBuilder) -> Feature {
    {
      $0.resize(
        "resize", $0.input, to: target, interpolation: interpolation, alignsCorners: alignsCorners)
    }
  }

  /// To the extent of the image, from that of windows of 3.
  private static func restoring(
    _ interpolation: Resize.Interpolation, alignsCorners: Bool = false
  ) -> @Sendable (inout NetworkBuilder) -> Feature {
    {
      let extent = $0.shape(of: $0.input).extent
      let pooled = $0.maxPool("pool", $0.input, size: 3, stride: 3)
      return $0.resize(
        "resize", pooled, to: .extent(extent), interpolation: interpolation,
        alignsCorners: alignsCorners)
    }
  }

  private static let resizings = [
    OperationCase("resize", "resize_nearest_twice", resizing(.scale([2, 2]), .nearest)),
    OperationCase("resize", "resize_twice", resizing(.scale([2, 3]))),
    OperationCase("resize", "resize_aligned_twice", resizing(.scale([2, 2]), alignsCorners: true)),
    OperationCase("resize", "resize_half_as_much_again", resizing(.scale([2.5, 0.5]))),
    OperationCase("resize", "resize_by_thirds", isElastic: false, resizing(.scale([1.3, 0.7]))),
    OperationCase("resize", "resize_to_an_extent", resizing(.extent([9, 40]))),
    OperationCase(
      "resize", "resize_nearest_to_an_extent", isElastic: false,
      resizing(.extent([9, 40]), .nearest)),
    OperationCase("resize", "resize_like", restoring(.linear)),
    OperationCase("resize", "resize_aligned_like", restoring(.linear, alignsCorners: true)),
    OperationCase("resize", "resize_nearest_like", isElastic: false, restoring(.nearest)),
    OperationCase("resize", "resize_of_one_value") {
      let mean = $0.adaptiveAveragePool("pool", $0.input, bins: 1)
      let aligned = $0.resize("aligned", mean, like: $0.input, alignsCorners: true)
      return $0.add("sum", $0.resize("resize", mean, like: $0.input), aligned)
    },
  ]

  private static let crops = [
    OperationCase("crop", "crop") { $0.crop("crop", $0.input, offset: [1, 2], extent: [5, 7]) },
    OperationCase("crop", "crop_the_middle") {
      let window = Convolution(outputs: 4, kernel: [4, 3])
      let like = $0.convolution("conv", $0.input, window)
      let cut = $0.centreCrop("crop", $0.input, to: $0.shape(of: like).extent)
      return $0.add("sum", cut, like)
    },
    OperationCase("crop", "crop_half") {
      let pooled = $0.maxPool("pool", $0.input, size: 2, stride: 2)
      let cut = $0.centreCrop("crop", $0.input, to: $0.shape(of: pooled).extent)
      return $0.add("sum", cut, pooled)
    },
  ]

  private static let joinings = [
    OperationCase("concatenate", "concatenate") {
      $0.concatenate("join", [$0.sigmoid($0.input), $0.input])
    },
    OperationCase("add", "add") { $0.add("sum", $0.relu($0.input), $0.sigmoid($0.input)) },
    OperationCase("add", "add_three") {
      $0.add("sum", $0.relu($0.input), $0.sigmoid($0.input), $0.input)
    },
    OperationCase("multiply", "multiply_channels") {
      let mean = $0.adaptiveAveragePool("pool", $0.input, bins: 1)
      return $0.multiply("gated", $0.input, by: $0.sigmoid(mean))
    },
    OperationCase("multiply", "multiply_places") {
      let gate = $0.convolution("gate", $0.input, outputs: 1, kernel: Size(square: 3))
      return $0.multiply("gated", $0.input, by: $0.sigmoid(gate))
    },
    OperationCase("pad_channels", "pad_channels") {
      $0.padChannels("pad", $0.input, to: 7)
    },
  ]

  private static let shuffles = [
    OperationCase("pixel_shuffle", "pixel_shuffle") {
      let x = $0.convolution("conv", $0.input, outputs: 12, kernel: Size(square: 1))
      return $0.pixelShuffle("shuffle", x, factor: 2)
    },
    OperationCase("channel_shuffle", "channel_shuffle") {
      let x = $0.convolution("conv", $0.input, outputs: 6, kernel: Size(square: 1))
      return $0.channelShuffle("shuffle", x, groups: 2)
    },
    OperationCase("dropout", "dropout") {
      $0.dropout("dropout", $0.relu($0.dropout("first", $0.input, rate: 0.5)), rate: 0.5)
    },
    OperationCase("spatial_dropout", "spatial_dropout") {
      $0.relu($0.spatialDropout("dropout", $0.input, rate: 0.5))
    },
  ]
}
