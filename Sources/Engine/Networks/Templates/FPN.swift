package import Groundwork

/// A feature pyramid (Lin, Dollár, Girshick, He, Hariharan & Belongie, "Feature Pyramid Networks for
/// Object Detection", CVPR 2017) with the segmentation branch of Kirillov, Girshick, He & Dollár
/// ("Panoptic Feature Pyramid Networks", CVPR 2019) as segmentation_models.pytorch defines it, in its
/// words. Maps are enlarged to the next finer one, so that any size fits.
///
/// On ResNet-34 it has 23,156,812 parameters at 12 classes.
package struct FPN: Template {
  package static let name = "fpn"
  package static let about =
    "A feature pyramid (Lin et al. 2017) whose levels together tell the classes, at any scale."
  package static let example = "template: {name: fpn, encoder: resnet50}"

  private static let encoder = Encoders.field(default: "resnet34")
  private static let dropout = DropoutRate.field(default: 0.2)
  package static let fields = [encoder.declaration, dropout.declaration]

  private static let pyramidChannels = 256
  private static let segmentationChannels = 128

  private let encoder: any Encoder
  private let dropout: Float

  package init(_ values: FieldValues) {
    encoder = values[Self.encoder]
    dropout = Float(values[Self.dropout])
  }

  package var sizeMultiple: Int { 1 }

  private typealias Feature = NetworkBuilder.Feature

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .heUniform)

    let stages = Array(encoder.features(&net, outputStride: 32).stages.dropFirst())
    let pyramid = pyramid(&net, stages)
    let levels = (0..<4).map { level in
      segmentation(&net, "decoder.seg_blocks.\(level)", pyramid, level: 3 - level)
    }
    let merged = net.spatialDropout(
      "decoder.dropout", net.add("decoder.merge", levels), rate: dropout)
    let logits = net.classifier(
      "segmentation_head.0", merged, classes: classes, alignsCorners: true,
      initialization: .glorotUniform)
    return net.build(logits: logits)
  }

  /// Each stage with all coarser ones added, at strides 4, 8, 16 and 32.
  private func pyramid(_ net: inout NetworkBuilder, _ stages: [Feature]) -> [Feature] {
    var levels = [lateral(&net, "decoder.p5", stages[3])]
    for stage in (0..<3).reversed() {
      let name = "decoder.p\(stage + 2)"
      let skip = lateral(&net, "\(name).skip_conv", stages[stage])
      let coarser = net.resize(
        "\(name).up", levels[0], to: .extent(net.shape(of: skip).extent), interpolation: .nearest)
      levels.insert(net.add("\(name).sum", coarser, skip), at: 0)
    }
    return levels
  }

  private func lateral(_ net: inout NetworkBuilder, _ name: String, _ input: Feature) -> Feature {
    net.convolution(name, input, outputs: Self.pyramidChannels, kernel: Size(square: 1))
  }

  /// Brings a level of the pyramid to the finest level's extent, a convolution before each doubling;
  /// the finest has one convolution too.
  private func segmentation(
    _ net: inout NetworkBuilder, _ name: String, _ pyramid: [Feature], level: Int
  ) -> Feature {
    var x = pyramid[level]
    for step in 0..<max(1, level) {
      let block = "\(name).block.\(step)"
      x = net.convolution(
        "\(block).block.0", x, outputs: Self.segmentationChannels, kernel: Size(square: 3),
        bias: false)
      x = net.relu(net.groupNorm("\(block).block.1", x, groups: 32))
      x = net.resize(
        "\(block).up", x, like: pyramid[max(0, level - step - 1)], alignsCorners: true)
    }
    return x
  }
}
