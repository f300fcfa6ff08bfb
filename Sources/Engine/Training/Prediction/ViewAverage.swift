internal import CKernels
internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Networks

/// Shows a network several views of each image and averages what it says of them.
///
/// The probabilities of every view are brought back to where the image has them, mirrored and turned
/// exactly and resized bilinearly, and averaged in a fixed order. The logarithms of these means are
/// the logits: their softmax is the means, so that every loss and metric of probabilities is of them.
/// What looks at single logits, or at those of edges, is given the means of the views' logits, brought
/// back alike.
final class ViewAverage: BatchPredictor {
  let input: TensorLayout
  let logitsLayout: TensorLayout
  let edgesLayout: TensorLayout?
  let threads: Int
  /// One for each scale.
  private let plans: [ExecutionPlan]
  private let symmetries: [SquareSymmetry]
  private let averagesLogits: Bool
  private var memory: Memory?

  /// - Parameters:
  ///   - size: of the images.
  ///   - plans: for the sizes of the views, one for each scale.
  ///   - averagesLogits: whether anything looks at single logits.
  init(
    _ augmentation: TestTimeAugmentation, size: Size, plans: [ExecutionPlan], averagesLogits: Bool
  ) {
    func layout(_ value: TensorLayout) -> TensorLayout {
      TensorLayout(Shape(value.shape.batch, value.shape.channels, size.height, size.width))
    }
    self.plans = plans
    self.averagesLogits = averagesLogits
    symmetries = augmentation.symmetries
    input = layout(plans[0].input)
    logitsLayout = layout(plans[0].logitsLayout)
    edgesLayout = plans[0].edgesLayout.map(layout)
    threads = plans[0].threads
  }

  var views: Int { plans.count * symmetries.count }
  var operationsPerImage: Int {
    plans.reduce(0) { $0 + $1.operationsPerImage } * symmetries.count
  }
  var arenaBytes: Int { plans.map(\.arenaBytes).max() ?? 0 }

  func allocate(_ state: NetworkState, in arena: HostBuffer) {
    for plan in plans { plan.allocate(state, in: arena) }
    let scratch = HostBuffer(floats: scratchFloats)
    func sum(_ quantity: ViewSum.Quantity, of layout: TensorLayout) -> ViewSum {
      ViewSum(
        quantity, shape: layout.shape, sizes: sizes, scratch: scratch.floats, threads: threads)
    }
    memory = Memory(
      resized: HostBuffer(floats: resizedFloats), scratch: scratch,
      probabilities: sum(.probabilities, of: logitsLayout),
      logits: averagesLogits ? sum(.logits, of: logitsLayout) : nil,
      edges: edgesLayout.map { sum(.logits, of: $0) })
  }

  func predict(_ images: UnsafePointer<Float>) -> PredictedBatch {
    guard let memory else { preconditionFailure("memory has not been allocated") }
    memory.probabilities.begin()
    memory.logits?.begin()
    memory.edges?.begin()
    for plan in plans {
      let scaled = scaled(images, for: plan, memory)
      let shape = plan.input.shape
      for (index, symmetry) in symmetries.enumerated() {
        ck_view_images(
          scaled, Int32(shape.batch * shape.channels), Int32(shape.height), Int32(shape.width),
          symmetry.kernel, plan.images, Int32(threads))
        plan.forward()
        memory.add(
          plan, seenBy: symmetry, isFirst: index == 0, isLast: index == symmetries.count - 1)
      }
    }
    let logits = memory.probabilities.mean(of: views)
    return PredictedBatch(
      logits: logits, singleLogits: memory.logits?.mean(of: views) ?? logits,
      edges: memory.edges?.mean(of: views))
  }

  /// The images in the size of a plan: `[N, C, h, w]`.
  private func scaled(
    _ images: UnsafePointer<Float>, for plan: ExecutionPlan, _ memory: Memory
  ) -> UnsafePointer<Float> {
    let (from, to) = (input.shape, plan.input.shape)
    guard from != to else { return images }
    ck_resize_planes(
      images, Int32(from.batch * from.channels), Int32(from.height), Int32(from.width),
      memory.resized.floats, Int32(to.height), Int32(to.width), 1, memory.scratch.floats,
      Int32(threads))
    return UnsafePointer(memory.resized.floats)
  }
}

// MARK: - Memory

/// What a batch is averaged in.
private struct Memory {
  /// `[N, C, h, w]`, of the largest scale besides 1.
  let resized: HostBuffer
  let scratch: HostBuffer
  let probabilities: ViewSum
  /// `nil` where nothing looks at single logits.
  let logits: ViewSum?
  /// `nil` where the network has no edge head.
  let edges: ViewSum?

  func add(_ plan: ExecutionPlan, seenBy symmetry: SquareSymmetry, isFirst: Bool, isLast: Bool) {
    probabilities.add(
      plan.logits, plan.logitsLayout, seenBy: symmetry, isFirst: isFirst, isLast: isLast)
    logits?.add(plan.logits, plan.logitsLayout, seenBy: symmetry, isFirst: isFirst, isLast: isLast)
    if let edges, let values = plan.edges, let layout = plan.edgesLayout {
      edges.add(values, layout, seenBy: symmetry, isFirst: isFirst, isLast: isLast)
    }
  }
}

extension ViewAverage {
  var ownBytes: Int {
    (resizedFloats + scratchFloats) * MemoryLayout<Float>.stride
      + ViewSum.bytes(shape: logitsLayout.shape, sizes: sizes) * (averagesLogits ? 2 : 1)
      + (edgesLayout.map { ViewSum.bytes(shape: $0.shape, sizes: sizes) } ?? 0)
  }

  private var sizes: [Size] { plans.map(\.input.shape.size) }

  private var resizedFloats: Int {
    plans.map(\.input.shape).filter { $0 != input.shape }.map(\.count).max() ?? 0
  }

  /// For images that are resized and sums that are resized back.
  private var scratchFloats: Int {
    let shape = input.shape
    let images = plans.map(\.input.shape).map {
      ck_resize_planes_scratch(
        Int32(shape.height), Int32(shape.width), Int32($0.height), Int32($0.width), Int32(threads))
    }
    return max(
      images.max() ?? 0,
      ViewSum.scratchFloats(shape: logitsLayout.shape, sizes: sizes, threads: threads))
  }
}
