internal import Groundwork

/// A narrow map is widened by a 1×1 convolution, filtered channel by channel, and made narrow again
/// without an activation, beside a shortcut where the shape stays (Sandler, Howard, Zhu, Zhmoginov &
/// Chen 2018).
struct InvertedResidual {
  /// A convolution and the batch norm behind it.
  typealias LayerNames = (convolution: String, norm: String)

  /// How much wider the map becomes; 1 leaves the first convolution out.
  var expansion: Int
  /// Of the depthwise convolution, height and width.
  var kernel = 3
  var outputs: Int
  var stride: Int
  var dilation: Int
  var padding = Padding.centred
  var batchNorm = BatchNorm()

  func apply(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature,
    expand: LayerNames, depthwise: LayerNames, project: LayerNames
  ) -> NetworkBuilder.Feature {
    let inputs = net.shape(of: input).channels
    let width = inputs * expansion
    var x = input
    if expansion > 1 {
      x = net.convolutionNormActivation(
        "\(name).\(expand.convolution)", norm: "\(name).\(expand.norm)", x, outputs: width,
        batchNorm: batchNorm, activation: .relu6)
    }
    x = net.convolutionNormActivation(
      "\(name).\(depthwise.convolution)", norm: "\(name).\(depthwise.norm)", x, outputs: width,
      kernel: kernel, stride: stride, dilation: dilation, groups: width, padding: padding,
      batchNorm: batchNorm, activation: .relu6)
    x = net.convolutionNormActivation(
      "\(name).\(project.convolution)", norm: "\(name).\(project.norm)", x, outputs: outputs,
      batchNorm: batchNorm, activation: nil)
    return stride == 1 && inputs == outputs ? net.add("\(name).sum", input, x) : x
  }
}
