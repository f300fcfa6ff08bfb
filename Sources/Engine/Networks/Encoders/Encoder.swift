/// The encoders that a template can be given by name.
package enum Encoders {
  static let all: [any Encoder.Type] = []

  package static var names: [String] { all.map { $0.name } }

  static func named(_ name: String) -> (any Encoder.Type)? { all.first { $0.name == name } }
}

/// The part of a classification network that a segmentation network is built on: its feature maps, from
/// fine to coarse, without pooling and classifier at the end.
///
/// Its layers are named as the framework that most weights of it come from names them, behind `encoder.`,
/// e.g. `encoder.layer1.0.conv1`.
protocol Encoder: Sendable {
  /// As a spec writes it, e.g. `resnet50`.
  static var name: String { get }
  /// One sentence: what it is and where it comes from.
  static var about: String { get }
  /// The strides at which it can end: coarser stages keep the extent and dilate instead.
  static var outputStrides: [Int] { get }
  /// Other names of one of its layers, as files of several frameworks call it, e.g. `block1_conv1` and
  /// `features.0` for `conv1_1`. What every file calls as the encoder does needs none.
  static func otherNames(of layer: String) -> [String]

  init()

  /// Adds the encoder to a network, from the builder's input on.
  ///
  /// - Parameter outputStride: one of ``outputStrides``.
  /// - Returns: the last map at each stride, finest first: 2, 4, 8, 16 and 32, of which those beyond
  ///   the output stride have its extent; before them, at stride 1, the map of encoders that have one.
  func features(_ net: inout NetworkBuilder, outputStride: Int) -> EncoderFeatures
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
  static func otherNames(of layer: String) -> [String] { [] }
}
