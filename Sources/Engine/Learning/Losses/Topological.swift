internal import CKernels
internal import Execution
package import Groundwork

/// Topological loss by persistent homology (Hu, Li, Samaras & Chen, "Topology-Preserving Deep Image
/// Segmentation", NeurIPS 2019): probabilities are looked at as a landscape that is flooded from its peaks down.
/// A component of a class lives from the probability b of its peak to that, d, of the saddle where it meets an older
/// one; a hole from the probability b that closes it off to that, d, of its bottom. As many components and
/// holes as the truth has, those that live longest, should live from 1 to 0, and the others not at all:
///
///     L = Σ_kept (1 − b)² + d²  +  Σ_others (b − d)²/2  +  ½ for each that is missing
///
/// the mean over windows and classes. The gradient is at peaks, saddles and bottoms alone.
package struct Topological: Loss {
  package static var looksAtNeighbors: Bool { true }
  package static let name = "topological"
  package static let about =
    "Closes gaps and holes and removes specks, by persistent homology; goes with dice."
  package static let definition =
    "Pixels of a class touch at edges and corners, those of a hole at edges alone. Ignored pixels are of no "
    + "class. Beyond a window nothing is of the class, so what its edge cuts is no hole."
  package static let fields = [
    window.declaration, UsedClasses.includeBackground.declaration,
  ]
  package static let example = "losses: [dice, {topological: {window: 64, weight: 0.01}}]"

  static let window = Field.integer(
    "window", default: 64, 2...4096, unit: "pixels",
    "The size of the windows whose components and holes are counted.")

  private let window: Int
  private let includesBackground: Bool

  package init(_ values: FieldValues) {
    window = values[Self.window]
    includesBackground = values[UsedClasses.includeBackground]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return TopologicalKernel(
      context, window: window,
      used: UsedClasses(
        classes: context.logits.shape.channels, includesBackground: includesBackground))
  }
}

private final class TopologicalKernel: LossKernel {
  private let layout: TensorLayout
  private let threads: Int32
  private let window: Int32
  private let used: UsedClasses
  /// `[N, K, H, W]`: probabilities, then the slopes by them.
  private let maps: LossScratch<Float>
  /// `[N, windows]`
  private let values: LossScratch<Double>
  private let scratch: LossScratch<UInt8>

  init(_ context: LossContext, window: Int, used: UsedClasses) {
    layout = context.logits
    threads = Int32(context.threads)
    self.window = Int32(window)
    self.used = used
    let shape = layout.shape
    let (height, width) = (Int32(shape.height), Int32(shape.width))
    maps = LossScratch(repeating: 0, count: shape.count)
    let windows = ck_windows_along(height, self.window) * ck_windows_along(width, self.window)
    values = LossScratch(repeating: 0, count: shape.batch * Int(windows))
    let bytes = ck_persistence_loss_scratch(Int32(shape.channels), height, width, self.window)
    scratch = LossScratch(repeating: 0, count: context.threads * bytes)
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let shape = layout.shape
    ck_softmax(layout.kernel, input.logits, input.labels, 1, maps.pointer, threads)
    ck_persistence_loss(
      Int32(shape.batch), Int32(shape.channels), used.flags.pointer, Int32(shape.height),
      Int32(shape.width), window, maps.pointer, input.labels, values.pointer, scratch.pointer,
      threads)
    // −1 stands for a window without a valid pixel.
    var (sum, windows) = (0.0, 0)
    for place in 0..<values.count where values.pointer[place] != -1 {
      sum += values.pointer[place]
      windows += 1
    }
    guard windows > 0 else { return .nothing }
    let terms = Double(windows) * Double(used.count)
    if let gradient = gradients?.logits {
      ck_softmax_gradient(
        layout.kernel, input.logits, input.labels, 1, maps.pointer,
        Float(Double(weight) / terms), gradient, threads)
    }
    return LossValue(sum: sum / Double(used.count), of: Double(windows))
  }
}
