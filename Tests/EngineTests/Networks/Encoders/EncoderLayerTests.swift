@testable import Groundwork
@testable import Networks
import Testing

/// What a parameter count does not show: padding, dilation, norms, names and first weights.
@Suite struct EncoderLayerTests {
  private func network(_ encoder: any Encoder, outputStride: Int = 32) -> Network {
    var net = NetworkBuilder(
      name: "test", input: NetworkInput(channels: 3, size: Size(square: 224)))
    let features = encoder.features(&net, outputStride: outputStride)
    return net.build(logits: features.last)
  }

  private func convolution(_ network: Network, _ name: String) throws -> Convolution {
    let node = try #require(network.nodes.first { $0.name == "encoder.\(name)" })
    guard case .convolution(let convolution) = node.operation else {
      throw ComponentError("\(name) is no convolution")
    }
    return convolution
  }

  @Test("the first block beyond the output stride reads neighbours as far apart as before")
  func dilations() throws {
    let network = network(ResNet.resnet50, outputStride: 8)
    let dilations = try ["layer2.3", "layer3.0", "layer3.1", "layer4.0", "layer4.1"].map {
      try convolution(network, "\($0).conv2").dilation.height
    }
    #expect(dilations == [1, 1, 2, 2, 4])
    let basic = self.network(ResNet.resnet18, outputStride: 16)
    #expect(try convolution(basic, "layer4.0.conv1").dilation.height == 1)
    #expect(try convolution(basic, "layer4.0.conv2").dilation.height == 2)
  }

  @Test("a bottleneck strides at its 3×3 convolution")
  func strides() throws {
    let network = network(ResNet.resnet50)
    #expect(try convolution(network, "layer2.0.conv1").stride == [1, 1])
    #expect(try convolution(network, "layer2.0.conv2").stride == [2, 2])
  }

  @Test("EfficientNet-Lite pads as TensorFlow does: more behind than before at a stride of 2")
  func tensorFlowPadding() throws {
    let network = network(EfficientNetLite0())
    let stem = try convolution(network, "_conv_stem")
    #expect(stem.padding == [0, 0] && stem.paddingAfter == [1, 1])
    let wide = try convolution(network, "_blocks.3._depthwise_conv")
    #expect(wide.kernel == [5, 5] && wide.padding == [1, 1] && wide.paddingAfter == [2, 2])
    let still = try convolution(network, "_blocks.4._depthwise_conv")
    #expect(still.padding == [2, 2] && still.paddingAfter == [2, 2])
  }

  @Test(
    "TensorFlow's padding gives ⌈extent / stride⌉ windows and no zero more",
    arguments: [1, 2, 3], [1, 3, 5])
  func padding(stride: Int, kernel: Int) {
    for extent in 1...20 {
      for dilation in 1...2 {
        let zeros = Padding.tensorFlow.zeros(
          around: extent, kernel: kernel, stride: stride, dilation: dilation)
        let room = extent + zeros.before + zeros.after - dilation * (kernel - 1) - 1
        #expect(room / stride + 1 == (extent + stride - 1) / stride)
        #expect(zeros.before + zeros.after == 0 || room % stride == 0)
        #expect((0...1).contains(zeros.after - zeros.before))
      }
    }
  }

  @Test("batch norms have the settings of the networks' authors")
  func batchNorms() {
    func norms(_ encoder: any Encoder) -> Set<BatchNorm> {
      Set(
        network(encoder).nodes.compactMap {
          if case .batchNorm(let norm) = $0.operation { norm } else { nil }
        })
    }
    #expect(norms(EfficientNetLite0()) == [BatchNorm(epsilon: 1e-3, momentum: 0.01)])
    #expect(norms(Xception65()) == [BatchNorm(epsilon: 1e-3, momentum: 0.1)])
    #expect(norms(MobileNetV2()) == [BatchNorm()])
  }

  @Test(
    "VGG's layers are found under the names of Caffe, Keras and torchvision",
    arguments: [
      ("vgg16", "conv1_1", ["block1_conv1", "features.0"]),
      ("vgg16", "conv3_2", ["block3_conv2", "features.12"]),
      ("vgg16", "conv5_3", ["block5_conv3", "features.28"]),
      ("vgg16_bn", "conv2_2", ["block2_conv2", "features.10"]),
      ("vgg16_bn", "conv5_3", ["block5_conv3", "features.40"]),
      ("vgg16_bn", "bn5_3", ["features.41"]),
      ("vgg16", "fc6", []),
    ])
  func vggNames(encoder: String, layer: String, others: [String]) throws {
    #expect(try #require(Encoders.named(encoder)).otherNames(of: layer) == others)
  }

  @Test("SE-ResNet's gates are found under the name of older files")
  func squeezeNames() {
    let encoder = ResNet.seResnet50
    #expect(encoder.otherNames(of: "layer1.0.se.fc1") == ["layer1.0.se_module.fc1"])
    #expect(encoder.otherNames(of: "layer1.0.conv1").isEmpty)
  }

  @Test("ResNets begin as He et al. 2015 propose for the fan-out, whatever the template's rule")
  func initialization() throws {
    let first = try #require(network(ResNet.resnet50).parameters.first)
    #expect(first.initializer == .normal(deviation: (2 / Float(64 * 49)).squareRoot()))
  }
}
