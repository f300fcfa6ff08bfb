/// A `.caffemodel`: a `NetParameter` of Protocol Buffers, in which field 100 holds the layers, and
/// field 2 those of before 2014. Caffe's forks differ in what else is there, which is passed over.
enum CaffeModel {
  static func listing(of contents: FileContents) throws(Refusal) -> WeightListing {
    var tensors: [StoredTensor] = []
    var names: Set<String> = []
    var fields = ProtobufReader(ByteReader(contents))
    while let field = try fields.next() {
      guard let layer = try layer(field), !layer.blobs.isEmpty else { continue }
      guard names.insert(layer.name).inserted else {
        throw Refusal.damaged("two layers with blobs are called '\(layer.name)'")
      }
      tensors += try layer.tensors(contents)
      guard tensors.count <= WeightListing.maximumCount else {
        throw Refusal.damaged("it has more than \(WeightListing.maximumCount) blobs")
      }
    }
    return WeightListing(format: .caffe, tensors: tensors)
  }

  /// Whether the file is a message that may be a `NetParameter`, which has no signature: a message
  /// to its end, with layers, and with the types that its fields have.
  static func isLikely(_ contents: FileContents) -> Bool {
    var fields = ProtobufReader(ByteReader(contents))
    var hasLayer = false
    do {
      while let field = try fields.next() {
        switch (field.number, field.value) {
        case (2, .part), (100, .part): hasLayer = true
        case (1, .part), (3, .part), (4, _), (5, .integer), (6, .part), (7, .integer), (8, .part):
          break
        case (1...8, _), (100, _): return false
        default: break
        }
      }
    } catch {
      // A layer before the damage is a better sign than none.
      return hasLayer && ByteReader(contents).starts(with: [0x0A])
    }
    return hasLayer
  }

  private static func layer(_ field: ProtobufReader.Field) throws(Refusal) -> CaffeLayer? {
    switch (field.number, field.value) {
    case (100, .part(let message)): try CaffeLayer(current: message)
    case (2, .part(let message)): try CaffeLayer(old: message)
    default: nil
    }
  }
}
