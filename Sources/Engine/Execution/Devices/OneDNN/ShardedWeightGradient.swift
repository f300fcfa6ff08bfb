internal import CKernels
internal import COneDNN
internal import Groundwork

/// The gradient of a convolution's weights. Operands: wide, narrow, weights, bias.
protocol WeightGradientCall {
  var scratchBytes: Int { get }
  var implementation: String { get }
  func bind(_ pointers: [UnsafeMutableRawPointer], scratch: UnsafeMutableRawPointer?)
  func run()
}

extension OneDNNCall: WeightGradientCall {}

/// The shards of one slot of threads, from the gradient that is handed through C.
private func runShards(context: UnsafeMutableRawPointer?, slot: Int32) {
  guard let context else { return }
  Unmanaged<ShardedWeightGradient>.fromOpaque(context).takeUnretainedValue().run(slot: Int(slot))
}

/// A weight gradient whose bits do not depend on the number of threads.
///
/// oneDNN shares the batch out among its threads and adds up what each has found. Here the batch is
/// cut into fixed shards, each computed by one thread, and their gradients are added in the order
/// of the shards. Threads take whole shards, so a batch of one sample is the work of one thread.
final class ShardedWeightGradient: WeightGradientCall {
  private static let mostShards = 16

  /// A part of the batch.
  private struct Shard {
    let samples: Range<Int>
    let primitive: OneDNNPrimitive
    let operands: [OneDNNOperand]
  }

  private let context: OneDNNContext
  private let threads: Int
  private let shards: [Shard]
  private let wide: TensorLayout
  private let narrow: TensorLayout
  /// As the primitives write it, and as it is kept.
  private let partial: MemoryDescription
  private let weight: MemoryDescription
  private let hasBias: Bool
  /// Bytes of one shard's gradient, and of what a call needs besides.
  private let partBytes: Int
  private let callBytes: Int
  private var bound: Bound?

  private struct Bound {
    /// For each shard and each slot of threads.
    let calls: [[OneDNNCall]]
    let parts: UnsafeMutablePointer<Float>
    let sum: UnsafeMutablePointer<Float>
    let reorder: Execution
    let narrow: ck_tensor
    let bias: UnsafeMutablePointer<Float>?
    let biasScratch: UnsafeMutablePointer<Float>
  }

  init(
    _ context: OneDNNContext, _ geometry: ConvolutionGeometry, wide: TensorLayout,
    narrow: TensorLayout, threads: Int, scratchLimit: Int
  ) throws(DeviceError) {
    self.context = context
    self.threads = threads
    self.wide = wide
    self.narrow = narrow
    ck_set_library_threads(1)
    defer { ck_set_library_threads(Int32(threads)) }
    let batch = wide.shape.batch
    let length = (batch + Self.mostShards - 1) / Self.mostShards
    var shards: [Shard] = []
    for first in stride(from: 0, to: batch, by: length) {
      let samples = first..<min(first + length, batch)
      if let previous = shards.last, previous.samples.count == samples.count {
        shards.append(
          Shard(samples: samples, primitive: previous.primitive, operands: previous.operands))
        continue
      }
      let part = try geometry.withoutBias(batch: samples.count)
      // Not for each thread, of which there may be any number: the choice must not change with it.
      func made(_ direction: ConvolutionGeometry.Direction) throws(DeviceError) -> OneDNNPrimitive {
        try part.call(direction, context, threads: 1, scratchLimit: scratchLimit / 2).primitive
      }
      let primitive = try made(.weightGradient(made(.forward(appendsReLU: false))))
      let gradient = primitive.wanted(DNNL_ARG_DIFF_WEIGHTS)
      shards.append(
        Shard(
          samples: samples, primitive: primitive,
          operands: [
            OneDNNOperand(argument: DNNL_ARG_SRC, kept: part.wide),
            OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: part.narrow),
            // All shards write it as the first does, so that they can be added up.
            OneDNNOperand(
              argument: DNNL_ARG_DIFF_WEIGHTS, kept: shards.first?.operands[2].kept ?? gradient,
              isOutput: true),
          ]))
    }
    self.shards = shards
    partial = shards[0].operands[2].kept
    weight = geometry.weight
    hasBias = geometry.bias != nil
    partBytes = Self.aligned(partial.bytes)
    callBytes = Self.aligned(
      shards.map { OneDNNCall(context, $0.primitive, $0.operands).scratchBytes }.max() ?? 0)
  }

  private static func aligned(_ bytes: Int) -> Int { (bytes + 63) / 64 * 64 }

  var implementation: String { shards[0].primitive.implementation }

  /// Shards that are computed at a time.
  private var slots: Int { min(threads, shards.count) }

  /// The gradient of each shard, their sum, what each thread's call needs, sums for the bias.
  var scratchBytes: Int {
    (shards.count + 1) * partBytes + slots * callBytes
      + (hasBias ? floatBytes(ck_channel_sums_scratch(narrow.kernel)) : 0)
  }

  func bind(_ pointers: [UnsafeMutableRawPointer], scratch: UnsafeMutableRawPointer?) {
    guard let scratch else { return }
    let sum = scratch + shards.count * partBytes
    let callScratch = sum + partBytes
    let calls = shards.enumerated().map { index, shard in
      (0..<slots).map { slot in
        let call = OneDNNCall(context, shard.primitive, shard.operands)
        call.bind(
          [
            pointers[0] + shard.samples.lowerBound * wide.sampleElements * wide.precision.bytes,
            pointers[1] + shard.samples.lowerBound * narrow.sampleElements * narrow.precision.bytes,
            scratch + index * partBytes,
          ], scratch: callScratch + slot * callBytes)
        return call
      }
    }
    bound = Bound(
      calls: calls, parts: scratch.assumingMemoryBound(to: Float.self),
      sum: sum.assumingMemoryBound(to: Float.self),
      reorder: Execution(
        context, reorder: OneDNNMemory(context, partial.cut(to: weight), sum),
        to: OneDNNMemory(context, weight, pointers[2])),
      narrow: narrow.kernel(at: pointers[1]),
      bias: hasBias ? pointers[3].assumingMemoryBound(to: Float.self) : nil,
      biasScratch: (callScratch + slots * callBytes).assumingMemoryBound(to: Float.self))
  }

  fileprivate func run(slot: Int) {
    guard let bound else { return }
    for shard in stride(from: slot, to: shards.count, by: slots) { bound.calls[shard][slot].run() }
  }

  func run() {
    guard let bound else { return }
    let context = Unmanaged.passUnretained(self).toOpaque()
    ck_parallel(Int32(threads), Int32(slots), runShards, context)
    ck_sum_parts(
      bound.parts, Int32(shards.count), partBytes / MemoryLayout<Float>.stride, bound.sum,
      Int32(threads))
    bound.reorder.run()
    if let bias = bound.bias {
      ck_channel_sums(
        narrow.kernel, bound.narrow, .none, bias, bound.biasScratch, Int32(threads))
    }
  }
}
