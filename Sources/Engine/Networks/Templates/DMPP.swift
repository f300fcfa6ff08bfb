package import Groundwork

/// The fusion network of DM++ (Banerjee et al., "Semantic segmentation of microscopic neuroanatomical data by
/// combining topological priors with encoder–decoder deep networks", Nature Machine Intelligence 2020): two images of
/// one place, a likelihood and a skeleton, each pass seven 3×3 convolutions of their own and become a map of 0…1; five
/// more make the prediction of both. Everything is at full resolution.
///
/// The two paths are one chain of convolutions in two groups. At two channels, which each path has one of, there are
/// 805,891 parameters at one class, and 145 more for each other.
package struct DMPP: Template {
  package static let name = "dmpp"
  package static let about =
    "DM++ (Banerjee et al. 2020): joins a likelihood and a skeleton of it, two images a sample."
  package static let definition =
    "Samples have two images, data.channels: [1, 1]: the probabilities that another network predicts, and a prior "
    + "such as the postprocessing morse_skeleton makes of them. Each path sees one of two channels; where there "
    + "are not two, both paths see all."
  package static let fields = [baseChannels.declaration]
  package static let example = "template: {name: dmpp, base_channels: 16}"

  private static let baseChannels = Field.integer(
    "base_channels", default: 16, 1...128,
    "Channels of the first convolution of each path; the others have up to sixteen times as many.")

  private let baseChannels: Int

  package init(_ values: FieldValues) { baseChannels = values[Self.baseChannels] }

  package var sizeMultiple: Int { 1 }

  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input)
    let groups = input.channels == 2 ? 2 : 1
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .glorotUniform)
    var x = net.input
    for (index, factor) in [1, 8, 4, 2, 4, 8].enumerated() {
      x = paths(
        &net, "paths.\(index)", x, outputs: 2 * factor * baseChannels,
        groups: index == 0 ? groups : 2)
      x = net.relu(x)
      if index == 0 { x = net.dropout("paths.dropout", x, rate: 0.5) }
    }
    x = net.sigmoid(paths(&net, "paths.6", x, outputs: 2, groups: 2))
    for (index, factor) in [16, 8, 4, 2, 1].enumerated() {
      x = net.convolution(
        "fusion.\(index)", x, outputs: factor * baseChannels, kernel: Size(square: 3))
      x = net.relu(x)
      if index == 1 { x = net.dropout("fusion.dropout", x, rate: 0.25) }
    }
    let logits = net.convolution("head", x, outputs: classes, kernel: Size(square: 3))
    return net.build(logits: logits)
  }

  private func paths(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, outputs: Int,
    groups: Int
  ) -> NetworkBuilder.Feature {
    net.convolution(name, input, outputs: outputs, kernel: Size(square: 3), groups: groups)
  }
}
