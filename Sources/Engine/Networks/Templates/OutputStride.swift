internal import Groundwork

/// The field of templates whose encoder can keep its resolution and dilate instead.
enum OutputStride {
  static func field(default stride: Int, oneOf strides: [Int]) -> Field<Int> {
    Field(
      "output_stride", .name(strides.map { String($0) }), default: .name(String(stride)),
      "How many times finer the image is than the encoder's last map, whose kernels dilate "
        + "accordingly; a small one costs memory and time."
    ) {
      guard case .name(let name) = $0, let stride = Int(name) else {
        preconditionFailure("\($0) is no output stride")
      }
      return stride
    }
  }
}
