internal import CKernels
internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Networks

/// Test-time augmentation: shows a network several transforms of each image and averages what it
/// says of them.
///
/// The probabilities of every transform are brought back to where the image has them, flipped and
/// rotated exactly and resized bilinearly, and averaged in a fixed order. The logarithms of these
/// means are the logits: their softmax is the means, so that every loss and metric of probabilities
/// is of them. What looks at single logits, or at another head, is given the means of what the head
/// holds for the transforms, brought back alike.
final class AugmentedPredictor: PlannedPredictor {
  let input: TensorLayout
  let headLayouts: [HeadLayout]
  let threads: Int
  /// The plans, one for each scale.
  private let plans: [ExecutionPlan]
  private let symmetries: [SquareSymmetry]
  private let averagesLogits: Bool
  private var memory: Memory?

  /// - Parameters:
  ///   - size: the size of the images.
  ///   - plans: the plans for the sizes of the images, one for each scale.
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
    headLayouts = plans[0].headLayouts.map {
      HeadLayout(name: $0.name, layout: layout($0.layout))
    }
    threads = plans[0].threads
  }

  var transforms: Int { plans.count * symmetries.count }
  var flopsPerImage: Int {
    plans.reduce(0) { $0 + $1.flopsPerImage } * symmetries.count
  }
  var arenaBytes: Int { plans.map(\.arenaBytes).max() ?? 0 }

  func allocate(_ state: NetworkState, in arena: any DeviceMemory) {
    for plan in plans { plan.allocate(state, in: arena) }
    let scratch = HostBuffer(floats: scratchFloats)
    func sum(_ quantity: PredictionMean.Quantity, of layout: TensorLayout) -> PredictionMean {
      PredictionMean(
        quantity, shape: layout.shape, sizes: sizes, scratch: scratch.floats, threads: threads)
    }
    let probabilities = sum(.probabilities, of: logitsLayout)
    let others = headLayouts.dropFirst().map { sum(.logits, of: $0.layout) }
    memory = Memory(
      resized: HostBuffer(floats: resizedFloats), scratch: scratch, probabilities: probabilities,
      logits: averagesLogits ? sum(.logits, of: logitsLayout) : nil,
      others: others, heads: ([probabilities] + others).map(\.values))
  }

  func predict(_ images: UnsafePointer<Float>) -> PredictedBatch {
    guard let memory else { preconditionFailure("memory has not been allocated") }
    memory.probabilities.begin()
    memory.logits?.begin()
    for sum in memory.others { sum.begin() }
    for plan in plans {
      let scaled = scaled(images, for: plan, memory)
      let shape = plan.input.shape
      for (index, symmetry) in symmetries.enumerated() {
        plan.writeImages { images in
          ck_tta_transform(
            scaled, Int32(shape.batch * shape.channels), Int32(shape.height), Int32(shape.width),
            symmetry.kernel, images, Int32(threads))
        }
        plan.forward()
        memory.add(
          plan, transformedBy: symmetry, isFirst: index == 0, isLast: index == symmetries.count - 1)
      }
    }
    memory.probabilities.takeMean(of: transforms)
    memory.logits?.takeMean(of: transforms)
    for sum in memory.others { sum.takeMean(of: transforms) }
    return PredictedBatch(
      heads: memory.heads, singleLogits: memory.logits?.values ?? memory.heads[0])
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
  /// The resized images, `[N, C, h, w]`, with room for the largest scale besides 1.
  let resized: HostBuffer
  let scratch: HostBuffer
  let probabilities: PredictionMean
  /// The sum of the logits; `nil` where nothing looks at single logits.
  let logits: PredictionMean?
  /// The sums of the other heads, one for each head but the first.
  let others: [PredictionMean]
  /// The means of each head.
  let heads: [UnsafePointer<Float>]

  func add(
    _ plan: ExecutionPlan, transformedBy symmetry: SquareSymmetry, isFirst: Bool, isLast: Bool
  ) {
    func add(head index: Int, to sum: PredictionMean) {
      plan.heads.bringToHost(index)
      sum.add(
        plan.heads.values[index], plan.headLayouts[index].layout, transformedBy: symmetry,
        isFirst: isFirst, isLast: isLast)
    }
    add(head: 0, to: probabilities)
    if let logits { add(head: 0, to: logits) }
    for (index, sum) in others.enumerated() { add(head: 1 + index, to: sum) }
  }
}

extension AugmentedPredictor {
  var ownBytes: Int {
    (resizedFloats + scratchFloats) * MemoryLayout<Float>.stride
      + PredictionMean.bytes(shape: logitsLayout.shape, sizes: sizes) * (averagesLogits ? 2 : 1)
      + headLayouts.dropFirst().reduce(0) {
        $0 + PredictionMean.bytes(shape: $1.layout.shape, sizes: sizes)
      }
  }

  private var sizes: [Size] { plans.map(\.input.shape.size) }

  private var resizedFloats: Int {
    plans.map(\.input.shape).filter { $0 != input.shape }.map(\.count).max() ?? 0
  }

  /// The number of scratch values for resizing images to a scale and sums back.
  private var scratchFloats: Int {
    let shape = input.shape
    let images = plans.map(\.input.shape).map {
      ck_resize_planes_scratch(
        Int32(shape.height), Int32(shape.width), Int32($0.height), Int32($0.width), Int32(threads))
    }
    return max(
      images.max() ?? 0,
      PredictionMean.scratchFloats(shape: logitsLayout.shape, sizes: sizes, threads: threads))
  }
}
