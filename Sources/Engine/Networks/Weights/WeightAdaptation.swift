/// What is done to the values of an offered tensor so that they become those of a parameter.
package enum WeightAdaptation: Sendable, Hashable {
  /// The same shape.
  case none
  /// A dense layer as the convolution that computes the same at one place: [outputs, C · H · W] →
  /// [outputs, C, H, W].
  case reshaped
  /// The same, from inputs in H, W, C order.
  case reshapedFromChannelsLast
  /// The kernels of a first layer for other images: the mean over the input channels, repeated and scaled
  /// by offered / wanted, so that equal channels give what they gave.
  case averagedInputs
  /// The input channels of a first layer in reverse, from RGB to BGR or back.
  case reversedInputs

  /// - Parameters:
  ///   - values: those of the offered tensor in row-major order.
  ///   - offered: its shape.
  ///   - wanted: the parameter's shape.
  package func apply(_ values: [Float], from offered: [Int], to wanted: [Int]) -> [Float] {
    switch self {
    case .none, .reshaped: return values
    case .reshapedFromChannelsLast: return Self.channelsFirst(values, wanted)
    case .averagedInputs: return Self.averaged(values, offered, inputs: wanted[1])
    case .reversedInputs:
      let taps = wanted.dropFirst(2).reduce(1, *), inputs = wanted[1]
      return values.indices.map { index in
        let (kernel, tap) = (index / taps, index % taps)
        let (output, input) = (kernel / inputs, kernel % inputs)
        return values[(output * inputs + inputs - 1 - input) * taps + tap]
      }
    }
  }

  private static func channelsFirst(_ values: [Float], _ wanted: [Int]) -> [Float] {
    let (channels, taps) = (wanted[1], wanted.dropFirst(2).reduce(1, *))
    return values.indices.map { index in
      let (kernel, tap) = (index / taps, index % taps)
      let (output, channel) = (kernel / channels, kernel % channels)
      return values[(output * taps + tap) * channels + channel]
    }
  }

  private static func averaged(_ values: [Float], _ offered: [Int], inputs: Int) -> [Float] {
    let taps = offered.dropFirst(2).reduce(1, *)
    var result: [Float] = []
    result.reserveCapacity(offered[0] * inputs * taps)
    for output in 0..<offered[0] {
      let kernel = (0..<taps).map { tap in
        let sum = (0..<offered[1]).reduce(Float(0)) { sum, input in
          sum + values[(output * offered[1] + input) * taps + tap]
        }
        // The mean, scaled by offered / wanted.
        return sum / Float(inputs)
      }
      for _ in 0..<inputs { result += kernel }
    }
    return result
  }
}
