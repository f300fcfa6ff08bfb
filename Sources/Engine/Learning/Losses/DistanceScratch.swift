internal import CKernels
internal import Groundwork

/// Memory for the distance transforms of a batch of label maps.
final class DistanceScratch {
  /// `[N, H, W]`: squared distance of each pixel to the nearest with another label.
  let others: LossScratch<Int32>
  let memory: LossScratch<UInt8>
  private let shape: Shape
  private let threads: Int32

  init(_ context: LossContext) {
    shape = context.logits.shape
    threads = Int32(context.threads)
    others = LossScratch(repeating: 0, count: shape.batch * shape.area)
    let bytes = ck_distance_scratch(Int32(shape.height), Int32(shape.width))
    memory = LossScratch(repeating: 0, count: bytes * context.threads)
  }

  /// Sets ``others``.
  func measureOthers(_ labels: UnsafePointer<Label>) {
    ck_distance_to_others(
      labels, Int32(shape.batch), Int32(shape.height), Int32(shape.width), others.pointer,
      memory.pointer, threads)
  }

  /// Sets the maps `[N, K, H, W]` of the classes that are used, or adds to them; sets ``others``.
  func measureClasses(
    _ labels: UnsafePointer<Label>, used: UnsafePointer<UInt8>, kind: ck_distance_kind,
    exponent: Float = 1, adds: Bool = false, maps: UnsafeMutablePointer<Float>
  ) {
    measureOthers(labels)
    ck_class_distances(
      labels, others.pointer, used, Int32(shape.batch), Int32(shape.channels), Int32(shape.height),
      Int32(shape.width), kind, exponent, adds ? 1 : 0, maps, memory.pointer, threads)
  }
}
