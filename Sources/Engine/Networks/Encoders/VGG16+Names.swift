extension VGG16 {
  /// `conv1_2` is `block1_conv2` in Keras, and `features.2` in torchvision's `vgg16`, `features.3` in
  /// its `vgg16_bn`, which count every convolution, norm, ReLU and pooling.
  func otherNames(of layer: String) -> [String] {
    var position = 0
    for (block, layout) in Self.layouts.enumerated() {
      for index in 1...layout.convolutions {
        let place = "\(block + 1)_\(index)"
        if layer == "conv\(place)" {
          return ["block\(block + 1)_conv\(index)", "features.\(position)"]
        }
        if layer == "bn\(place)" { return ["features.\(position + 1)"] }
        position += normalizes ? 3 : 2
      }
      position += 1
    }
    return []
  }
}
