internal import Groundwork

/// The part of a classification network that a segmentation network is built on: its feature maps, from
/// fine to coarse, without pooling and classifier at the end.
///
/// Its layers are named as the framework that most weights of it come from names them, behind `encoder.`,
/// e.g. `encoder.layer1.0.conv1`.
protocol Encoder: Sendable {
  /// As a spec writes it, e.g. `resnet50`.
  var name: String { get }
  /// One sentence: what it is and where it comes from.
  var about: String { get }
  /// The strides at which it can end: coarser stages keep the extent and dilate instead.
  var outputStrides: [Int] { get }
  /// How its convolutions begin that it does not give another way.
  var initialization: WeightInitialization { get }
  /// Other names of one of its layers, as files of several frameworks call it, e.g. `block1_conv1` and
  /// `features.0` for `conv1_1`. What every file calls as the encoder does needs none.
  ///
  /// - Parameter layer: without `encoder.`.
  func otherNames(of layer: String) -> [String]

  /// Adds the layers, from the builder's input on; what ``features(_:outputStride:)`` does within the
  /// scope of encoders.
  func layers(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures
}

/// What an encoder hands on.
struct EncoderFeatures {
  /// At full resolution; `nil` where the encoder halves its input at once.
  var full: NetworkBuilder.Feature?
  /// The last maps of the five stages that end at strides 2, 4, 8, 16 and 32.
  var stages: [NetworkBuilder.Feature]

  /// The coarsest.
  var last: NetworkBuilder.Feature { stages[stages.count - 1] }
}

extension Encoder {
  var outputStrides: [Int] { [8, 16, 32] }
  var initialization: WeightInitialization { .heFanOut }
  func otherNames(of layer: String) -> [String] { [] }

  /// Adds the encoder to a network, from the builder's input on.
  ///
  /// - Parameter outputStride: one of ``outputStrides``.
  /// - Returns: the last map at each stride, finest first: 2, 4, 8, 16 and 32, of which those beyond
  ///   the output stride have its extent; before them, at stride 1, the map of encoders that have one.
  func features(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures {
    precondition(outputStrides.contains(outputStride), "\(name) has no stride \(outputStride)")
    net.begins(withEncoder: name)
    return net.scope(Encoders.scope, initialization: initialization) {
      layers(&$0, outputStride: outputStride)
    }
  }
}
