@testable import Groundwork
@testable import ModelFiles
@testable import Networks
import Testing

/// A template with few parameters, where it has a setting for that.
struct TemplateCase: Sendable, CustomStringConvertible {
  let template: String
  var settings: [String: FieldValue] = [:]
  var name: String

  init(_ template: String, _ settings: [String: FieldValue] = [:], name: String? = nil) {
    (self.template, self.settings) = (template, settings)
    self.name = name ?? template
  }

  var description: String { name }

  /// Every template of images, which models of ONNX are for, and settings that give other operations.
  static var all: [TemplateCase] {
    let few: [String: [String: FieldValue]] = [
      "fcn32s": ["fc_channels": .integer(64)], "fcn16s": ["fc_channels": .integer(64)],
      "fcn8s": ["fc_channels": .integer(64)], "deeplab_vgg16": ["fc_channels": .integer(64)],
    ]
    let images = Registry.templates.members.filter { $0.spatialRank == 2 && !$0.findsObjects }
    return images.map { type in
      let known = Set(type.fields.map(\.name))
      return TemplateCase(type.name, few[type.name, default: [:]].filter { known.contains($0.key) })
    } + variants
  }

  private static let variants = [
    TemplateCase(
      "unet", ["up": .name("bilinear"), "edge_head": .boolean(true)], name: "unet_bilinear"),
    TemplateCase("unet", ["up": .name("nearest"), "norm": .name("group")], name: "unet_nearest"),
    TemplateCase(
      "unet", ["norm": .name("batch"), "encoder": .name("resnet18")], name: "unet_resnet18"),
    TemplateCase("deeplabv3", ["auxiliary": .number(0.4)], name: "deeplabv3_auxiliary"),
    TemplateCase("linknet", ["encoder": .name("efficientnet_lite0")], name: "linknet_efficientnet"),
    TemplateCase("fpn", ["encoder": .name("mobilenet_v2")], name: "fpn_mobilenet"),
    TemplateCase("fpn", ["encoder": .name("densenet121")], name: "fpn_densenet121"),
    TemplateCase("deeplabv3plus", ["encoder": .name("xception65")], name: "deeplabv3plus_xception"),
  ]

  func make() throws -> any Template {
    let type = try #require(Registry.templates.find(template))
    return try type.init(FieldValues(settings, of: type.fields))
  }

  /// The network for images of 64 × 96, or the next size that the template takes, and for others.
  func sizes(classes: Int = 5) throws -> (network: Network, sizes: [ImageSizes]) {
    let template = try make()
    let build = { (size: Size) throws in
      try template.network(input: NetworkInput(channels: 3, size: size), classes: classes)
    }
    let network = try build(template.fittingSize(for: Size(height: 64, width: 96)))
    let sizes = ImageSizes.candidates(network, multiple: template.sizeMultiple) { try? build($0) }
    return (network, sizes)
  }
}
