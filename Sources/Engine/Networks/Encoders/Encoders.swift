internal import Groundwork

/// The encoders that a template can be given by name.
package enum Encoders {
  static let all: [any Encoder] = [
    VGG16.plain,
    VGG16.normalized,
    ResNet.resnet18,
    ResNet.resnet34,
    ResNet.resnet50,
    ResNet.resnet101,
    ResNet.resnet152,
    ResNet.seResnet50,
    MobileNetV2(),
    EfficientNetLite0(),
    Xception65(),
    DenseNet121(),
  ]

  package static var names: [String] { all.map { $0.name } }

  static func named(_ name: String) -> (any Encoder)? { all.first { $0.name == name } }

  /// What the names of an encoder's layers begin with in a network, before a point.
  package static let scope = "encoder"
  /// Height and width of the smallest image that every encoder can halve five times.
  static let smallestSide = 32

  /// The field of templates that are built on an encoder.
  ///
  /// - Parameter encoders: those that the template can be built on.
  static func field(
    default name: String, oneOf encoders: [any Encoder] = all
  ) -> Field<any Encoder> {
    Field(
      "encoder", .name(encoders.map { $0.name }), default: .name(name),
      "The classification network that the template is built on."
    ) {
      guard case .name(let name) = $0, let encoder = encoders.first(where: { $0.name == name })
      else {
        preconditionFailure("\($0) is no encoder")
      }
      return encoder
    }
  }
  /// The field of templates that have an encoder of their own, which `none` is.
  static let optionalField = Field<(any Encoder)?>(
    "encoder", .name(["none"] + names), default: .name("none"),
    "A classification network in place of the template's own encoder."
  ) {
    guard case .name(let name) = $0 else { preconditionFailure("\($0) is no name") }
    return named(name)
  }
}
