/// A layer of a `.caffemodel`, with its blobs.
struct CaffeLayer {
  var name = ""
  /// As Caffe spells it today, e.g. `Convolution`.
  var type = ""
  var blobs: [CaffeBlob] = []

  /// A `LayerParameter`: fields 1 name, 2 type, 7 blobs.
  init(current message: ByteReader) throws(Refusal) {
    var fields = ProtobufReader(message)
    while let field = try fields.next() {
      switch (field.number, field.value) {
      case (1, .part(var part)): name = try part.text(part.remaining)
      case (2, .part(var part)): type = try part.text(part.remaining)
      case (7, .part(let part)): try append(part)
      case (1...2, _), (7, _): throw Refusal.damaged("a layer has a field of a wrong type")
      default: break
      }
    }
  }

  /// A `V1LayerParameter` of before 2014: fields 4 name, 5 type as a number, 6 blobs.
  init(old message: ByteReader) throws(Refusal) {
    var fields = ProtobufReader(message)
    while let field = try fields.next() {
      switch (field.number, field.value) {
      case (1, _):
        throw Refusal(
          "its layers are of Caffe's first format",
          remedy: "convert it with Caffe's upgrade_net_proto_binary")
      case (4, .part(var part)): name = try part.text(part.remaining)
      case (5, .integer(let number)): type = Self.oldTypes[number] ?? "layer type \(number)"
      case (6, .part(let part)): try append(part)
      case (4...6, _): throw Refusal.damaged("a layer has a field of a wrong type")
      default: break
      }
    }
  }

  private mutating func append(_ blob: ByteReader) throws(Refusal) {
    guard blobs.count < Self.maximumBlobs else {
      throw Refusal.damaged("a layer has more than \(Self.maximumBlobs) blobs")
    }
    blobs.append(try CaffeBlob(blob))
  }

  private static let maximumBlobs = 1000
  /// Those of `V1LayerParameter.LayerType` that have blobs.
  private static let oldTypes: [UInt64: String] = [
    4: "Convolution", 14: "InnerProduct", 39: "Deconvolution",
  ]
}

extension CaffeLayer {
  /// Its blobs as tensors.
  func tensors(_ contents: FileContents) throws(Refusal) -> [StoredTensor] {
    let roles = roles
    let factor = try batchNormFactor(contents)
    return blobs.enumerated().map { index, blob in
      let role = index < roles.count ? roles[index] : .other("blob \(index)")
      var source = blob.source
      if role == .mean || role == .variance { source.divisor = factor }
      return StoredTensor(
        name: "\(name)[\(index)]", layer: name, role: role,
        shape: Self.shape(blob.shape, role: role, type: type), storedShape: blob.shape,
        source: source)
    }
  }

  /// What each blob is, by the layer's type and the number of its blobs.
  private var roles: [StoredTensor.Role] {
    switch (type, blobs.count) {
    // NVIDIA's Caffe keeps the scale and shift here too.
    case ("BatchNorm", _): [.mean, .variance, .other("scale factor"), .scale, .shift]
    // SegNet's Caffe; its statistics are folded in by a script after training.
    case ("BN", 2): [.scale, .shift]
    // PSPNet's Caffe.
    case ("BN", 4): [.scale, .shift, .mean, .variance]
    case ("Scale", _): [.scale, .shift]
    case ("Bias", _): [.shift]
    case ("PReLU", _): [.slope]
    case ("InnerProduct", _): [.weight, .bias]
    case (_, 1...2) where type.contains("onvolution"): [.weight, .bias]
    default: []
    }
  }

  /// Caffe's BatchNorm keeps sums of weighted means and variances, and in a third blob the sum of
  /// the weights.
  private func batchNormFactor(_ contents: FileContents) throws(Refusal) -> Float? {
    guard type == "BatchNorm", blobs.count > 2 else { return nil }
    guard let factor = try blobs[2].value(contents) else {
      throw Refusal.damaged("the scale factor of '\(name)' is not one number")
    }
    return factor
  }

  /// Old blobs have four axes, of which a vector and a matrix need only the last.
  private static func shape(
    _ stored: [Int], role: StoredTensor.Role, type: String
  ) -> [Int] {
    switch role {
    case .weight where type == "InnerProduct":
      stored.count == 4 && stored[0] == 1 && stored[1] == 1 ? Array(stored[2...]) : stored
    case .weight, .other: stored
    default: stored.filter { $0 != 1 }.count <= 1 ? [stored.reduce(1, *)] : stored
    }
  }
}
