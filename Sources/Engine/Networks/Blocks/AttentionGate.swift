internal import Groundwork

extension NetworkBuilder {
  /// The gate of Oktay et al. ("Attention U-Net: Learning Where to Look for the Pancreas", MIDL
  /// 2018) on a skip connection: the skip's map x, every place of it weighed by α between 0 and 1.
  ///
  /// α = σ(norm(ψ · ReLU(norm(Wx · x) + norm(Wg · g)))), the three being 1×1 convolutions to half
  /// the channels of x, as many, and 1.
  ///
  /// - Parameter signal: g, the decoder's map of the same extent. The paper takes the coarser one
  ///   before it is enlarged, and enlarges α.
  mutating func attentionGate(
    _ name: String, _ skip: Feature, signal: Feature, normalization: Normalization
  ) -> Feature {
    let channels = max(1, shape(of: skip).channels / 2)
    let x = projection("\(name).x", skip, outputs: channels, normalization)
    let g = projection("\(name).g", signal, outputs: channels, normalization)
    let both = relu(add("\(name).sum", x, g))
    let attention = sigmoid(projection("\(name).psi", both, outputs: 1, normalization))
    return multiply("\(name).product", skip, by: attention)
  }

  private mutating func projection(
    _ name: String, _ input: Feature, outputs: Int, _ normalization: Normalization
  ) -> Feature {
    let x = convolution(
      name, input, outputs: outputs, kernel: Size(square: 1), initialization: .lecun)
    return normalize("\(name)Norm", x, normalization)
  }
}
