internal import Groundwork

/// The zeros around a map that let a convolution keep, or divide, its extent.
enum Padding: Sendable {
  /// As many on either side, as in PyTorch's networks: dilation · (kernel − 1) / 2.
  case centred
  /// TensorFlow's "same": no more than ⌈extent / stride⌉ windows need, an odd one behind the map.
  case tensorFlow

  /// - Returns: how many zeros lie before the first and behind the last value of an axis.
  func zeros(
    around extent: Int, kernel: Int, stride: Int, dilation: Int
  ) -> (before: Int, after: Int) {
    let reach = dilation * (kernel - 1)
    switch self {
    case .centred:
      return (reach / 2, reach / 2)
    case .tensorFlow:
      let windows = (extent + stride - 1) / stride
      let zeros = max(0, (windows - 1) * stride + reach + 1 - extent)
      return (zeros / 2, zeros - zeros / 2)
    }
  }
}
