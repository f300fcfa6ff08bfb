internal import Groundwork

extension NetworkBuilder {
  /// Pyramid pooling (Zhao, Shi, Qi, Wang & Jia 2017): means over 1, 2 × 2, 3 × 3 and 6 × 6 bins of the
  /// map, each with a 1×1 convolution, batch norm and ReLU, and resized to the map, behind whose
  /// channels theirs come.
  ///
  /// - Parameter outputs: channels of each of the four.
  mutating func pyramidPooling(_ name: String, _ input: Feature, outputs: Int) -> Feature {
    let levels = [1, 2, 3, 6].map { bins in
      let level = "\(name).bin\(bins)"
      let pooled = adaptiveAveragePool("\(level).pool", input, bins: bins)
      let x = convolutionNormActivation(
        "\(level).conv", norm: "\(level).bn", pooled, outputs: outputs)
      return resize("\(level).resize", x, like: input, alignsCorners: true)
    }
    return concatenate("\(name).join", [input] + levels)
  }
}
