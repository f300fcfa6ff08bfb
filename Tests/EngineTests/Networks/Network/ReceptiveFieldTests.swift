@testable import Groundwork
@testable import Networks
import Testing

/// Receptive fields against numbers that the literature gives and sums made by hand.
@Suite struct ReceptiveFieldTests {
  private func builder(_ side: Int = 256) -> NetworkBuilder {
    NetworkBuilder(name: "net", input: NetworkInput(channels: 3, size: Size(square: side)))
  }

  private func fields(_ net: consuming NetworkBuilder, _ last: NetworkBuilder.Feature)
    -> [String: [Double]]
  {
    let network = net.build(logits: last)
    let fields = network.receptiveFields
    return Dictionary(
      network.nodes.map { ($0.name, fields[$0.outputs[0]].extents) }, uniquingKeysWith: { $1 })
  }

  @Test("VGG-16's conv5_3 sees 196 pixels and its pool5 212")
  func vgg() {
    var net = builder()
    var x = net.input
    for (stage, convolutions) in [2, 2, 3, 3, 3].enumerated() {
      for index in 1...convolutions {
        x = net.convolution(
          "conv\(stage + 1)_\(index)", x, outputs: 4, kernel: Size(square: 3))
      }
      x = net.maxPool("pool\(stage + 1)", x).maxima
    }
    let fields = fields(net, x)
    #expect(fields["conv1_2"] == [5, 5])
    #expect(fields["pool1"] == [6, 6])
    #expect(fields["conv5_3"] == [196, 196])
    #expect(fields["pool5"] == [212, 212])
  }

  /// Bottlenecks whose first one of a stage halves the extent in its 1 × 1 or in its 3 × 3 convolution.
  private func resNet50(stridesEarly: Bool) -> [String: [Double]] {
    var net = builder()
    var x = net.convolution("conv1", net.input, outputs: 4, kernel: Size(square: 7), stride: 2)
    x = net.maxPool("pool1", x, size: 3, stride: 2, padding: 1)
    for (stage, blocks) in [3, 4, 6, 3].enumerated() {
      for block in 0..<blocks {
        let (name, stride) = ("layer\(stage + 1).\(block)", block == 0 && stage > 0 ? 2 : 1)
        var shortcut = x
        if stride == 2 {
          shortcut = net.convolution(
            "\(name).shortcut", x, outputs: 4, kernel: Size(square: 1), stride: 2)
        }
        x = net.convolution(
          "\(name).conv1", x, outputs: 4, kernel: Size(square: 1), stride: stridesEarly ? stride : 1
        )
        x = net.convolution(
          "\(name).conv2", x, outputs: 4, kernel: Size(square: 3),
          stride: stridesEarly ? 1 : stride)
        x = net.add("\(name).sum", x, shortcut)
      }
    }
    return fields(net, x)
  }

  @Test("ResNet-50's last stage sees 483 pixels, and 427 where 3×3 convolutions have the strides")
  func resNet() {
    let original = resNet50(stridesEarly: true)
    #expect(original["pool1"] == [11, 11])
    #expect(original["layer1.2.sum"] == [35, 35])
    #expect(original["layer2.3.sum"] == [99, 99])
    #expect(original["layer3.5.sum"] == [291, 291])
    #expect(original["layer4.2.sum"] == [483, 483])
    // 43 + 3 · 16, 107 + 5 · 32, 299 + 2 · 64.
    let later = resNet50(stridesEarly: false)
    #expect(later["layer2.3.sum"] == [91, 91])
    #expect(later["layer3.5.sum"] == [267, 267])
    #expect(later["layer4.2.sum"] == [427, 427])
  }

  @Test("dilated and asymmetric kernels reach farther along their axes alone")
  func axes() {
    var net = builder()
    var x = net.convolution(
      "dilated", net.input, outputs: 2, kernel: Size(square: 3), dilation: 4)
    x = net.convolution("wide", x, outputs: 2, kernel: Size(height: 1, width: 5))
    let fields = fields(net, x)
    #expect(fields["dilated"] == [9, 9])
    #expect(fields["wide"] == [9, 13])
  }

  @Test("enlarging undoes the jump of a stride")
  func enlarging() {
    var net = builder(16)
    let pooled = net.maxPool("pool", net.input).maxima
    let enlarged = net.transposedConvolution(
      "up", pooled, outputs: 3, kernel: Size(square: 2))
    let after = net.convolution("after", enlarged, outputs: 2, kernel: Size(square: 3))
    // Bilinear: two neighbours, 2 pixels apart.
    let resized = net.resize("resize", pooled, like: net.input)
    let behind = net.convolution("behind", resized, outputs: 2, kernel: Size(square: 3))
    let sum = net.add("sum", after, behind)
    let fields = fields(net, sum)
    #expect(fields["pool"] == [2, 2])
    #expect(fields["up"] == [2, 2])
    #expect(fields["after"] == [4, 4])
    #expect(fields["resize"] == [4, 4])
    #expect(fields["behind"] == [6, 6])
    #expect(fields["sum"] == [6, 6])
  }

  @Test("one bin sees the whole map, and a gate of it makes everything see it")
  func global() {
    var net = builder(32)
    let features = net.convolution("features", net.input, outputs: 4, kernel: Size(square: 3))
    let gate = net.adaptiveAveragePool("pool", features, bins: 1)
    let gated = net.multiply("gated", features, by: gate)
    let after = net.convolution("after", gated, outputs: 4, kernel: Size(square: 3))
    let fields = fields(net, after)
    #expect(fields["pool"] == [34, 34])
    #expect(fields["gated"] == [34, 34])
    #expect(fields["after"] == [36, 36])
  }
}
