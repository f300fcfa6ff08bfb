package import CKernels

/// Where the tensors of a network lie in the flat buffers of its parameters, and in what measure
/// each one learns. Made once for a training: a step only reads it.
package final class SolverTensors {
  package struct Tensor: Sendable, Hashable {
    /// The name of the tensor, e.g. `encoder0.convolution0.weight`.
    package var name: String
    /// The place of the tensor's first element in the buffers, in elements.
    package var offset: Int
    /// The number of elements.
    package var count: Int
    /// Caffe's `lr_mult`: what the learning rate is multiplied by.
    package var rateMultiplier: Double
    /// Caffe's `decay_mult`: what the weight decay is multiplied by.
    package var decayMultiplier: Double

    package init(
      name: String, offset: Int, count: Int, rateMultiplier: Double = 1,
      decayMultiplier: Double = 1
    ) {
      self.name = name
      self.offset = offset
      self.count = count
      self.rateMultiplier = rateMultiplier
      self.decayMultiplier = decayMultiplier
    }
  }

  package let tensors: [Tensor]
  /// The tensors cut into what a thread does at a time.
  let chunks: UnsafeMutableBufferPointer<ck_parameter_chunk>
  /// Scratch memory for the norms of the tensors.
  package let scratch: ck_norm_scratch

  package init(_ tensors: [Tensor]) {
    self.tensors = tensors
    let length = Int(CK_SOLVER_CHUNK)
    var cut: [ck_parameter_chunk] = []
    for (index, tensor) in tensors.enumerated() {
      for start in stride(from: 0, to: tensor.count, by: length) {
        cut.append(
          ck_parameter_chunk(
            start: tensor.offset + start, length: Int32(min(length, tensor.count - start)),
            tensor: Int32(index), rate_multiplier: Float(tensor.rateMultiplier),
            decay_multiplier: Float(tensor.decayMultiplier)))
      }
    }
    chunks = .allocate(capacity: cut.count)
    _ = chunks.initialize(from: cut)
    let sums = UnsafeMutablePointer<Double>.allocate(capacity: 2 * cut.count)
    sums.initialize(repeating: 0, count: 2 * cut.count)
    let ratios = UnsafeMutablePointer<Float>.allocate(capacity: tensors.count)
    ratios.initialize(repeating: 1, count: tensors.count)
    scratch = ck_norm_scratch(partial_sums: sums, ratios: ratios)
  }

  deinit {
    chunks.deallocate()
    scratch.partial_sums.deallocate()
    scratch.ratios.deallocate()
  }
}
