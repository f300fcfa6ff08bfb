package import Groundwork

/// SENet-154 (Hu, Shen & Sun, "Squeeze-and-Excitation Networks", CVPR 2018), made to tell the classes of
/// pixels: its last stages dilate, and a 1×1 convolution takes the place of the average and the fully
/// connected layer. 113,064,572 parameters at 12 classes.
package struct SENet154Segmentation: Template {
  package static let name = "se_net154"
  package static let about =
    "SENet-154 (Hu, Shen & Sun 2018) with dilated last stages: very large, for pretrained weights."
  package static let example = "template: {name: se_net154, output_stride: 8}"

  private static let outputStride = OutputStride.field(default: 16, oneOf: [8, 16])
  package static let fields = [outputStride.declaration]

  private let outputStride: Int

  package init(_ values: FieldValues) { outputStride = values[Self.outputStride] }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input)
    let last = SENet154().features(&net, outputStride: outputStride).last
    let logits = net.classifier("classifier", last, classes: classes)
    return net.build(logits: logits)
  }
}
