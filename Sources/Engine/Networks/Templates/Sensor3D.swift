package import Groundwork

/// Sensor3D (Novikov, Major, Wimmer, Lenis & Bühler, "Deep Sequential Segmentation of Organs in Volumetric Medical
/// Scans", IEEE TMI 2019): a U-Net of slices, which all slices of a slab pass alike, between two bidirectional
/// convolutional LSTMs at full resolution, which go through the slab up and down.
///
/// The paper's numbers of channels are not public; these are a U-Net's. With memories of 32 channels, depth 3, three input channels
/// and 12 classes there are 8,858,572 parameters. The slab is as deep as `data.patches` has it, and every slice of it
/// is predicted.
package struct Sensor3D: VolumeTemplate {
  package static let name = "sensor3d"
  package static let about =
    "U-Net of slices between convolutional LSTMs that go through a slab of slices both ways."
  package static let definition =
    "Convolutions and poolings see each slice by itself; what lies above and below comes by the memories alone, so "
    + "that slabs may be thin (3, 5 or 7 slices) and voxels deeper than wide."
  package static let example = "template: {name: sensor3d, memory_channels: 16, depth: 2}"

  private static let memoryChannels = Field.integer(
    "memory_channels", default: 32, 1...128,
    "Channels of each memory: twice as many at full resolution, which are doubled at every level.")
  private static let depth = VolumeLevels.depth(default: 3)
  private static let dropout = DropoutRate.field(default: 0, "behind the coarsest level")
  package static let fields = [
    memoryChannels.declaration, depth.declaration, dropout.declaration,
  ]

  private let memoryChannels: Int
  private let depth: Int
  private let dropout: Float

  package init(_ values: FieldValues) {
    memoryChannels = values[Self.memoryChannels]
    depth = values[Self.depth]
    dropout = Float(values[Self.dropout])
  }

  package var extentMultiple: SpatialExtent { [1, 1 << depth, 1 << depth] }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input)
    var net = NetworkBuilder(name: Self.name, input: input)
    var x = memories(&net, "encoder0", net.input)
    var skips: [NetworkBuilder.Feature] = []
    for level in 1...depth {
      skips.append(x)
      x = net.maxPool("encoder\(level).pool", x, PoolingWindow(size: [1, 2, 2])).maxima
      x = convolutions(&net, "encoder\(level)", x, 2 * memoryChannels << level)
    }
    x = net.dropout("encoder\(depth).dropout", x, rate: dropout)
    for level in (0..<depth).reversed() {
      let name = "decoder\(level)", channels = 2 * memoryChannels << level
      x = net.resize(
        "\(name).up", x, to: .extent(net.shape(of: skips[level]).extent), interpolation: .nearest)
      x = convolution(&net, "\(name).up.convolution", x, channels)
      x = net.concatenate("\(name).join", [x, skips[level]])
      x = level > 0 ? convolutions(&net, name, x, channels) : memories(&net, name, x)
    }
    let logits = net.convolution(
      "head", x, outputs: classes, kernel: [1, 1, 1], initialization: .lecun)
    return net.build(logits: logits)
  }

  /// A memory that goes up through the slices, and one that goes down.
  private func memories(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    let both = [("forward", false), ("backward", true)].map { direction, isReversed in
      net.convLSTM(
        "\(name).\(direction)", input, hidden: memoryChannels, side: 3, isReversed: isReversed)
    }
    return net.concatenate("\(name).both", both)
  }

  private func convolutions(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, _ channels: Int
  ) -> NetworkBuilder.Feature {
    let first = convolution(&net, "\(name).convolution0", input, channels)
    return convolution(&net, "\(name).convolution1", first, channels)
  }

  /// Of each slice by itself, with a ReLU.
  private func convolution(
    _ net: inout NetworkBuilder, _ name: String, _ input: NetworkBuilder.Feature, _ channels: Int
  ) -> NetworkBuilder.Feature {
    net.relu(net.convolution(name, input, outputs: channels, kernel: [1, 3, 3]))
  }
}
