internal import CKernels
internal import Groundwork
internal import Networks

/// Regions of a pyramid as small maps.
final class RegionAlignmentKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  /// The table of regions is read again.
  let backwardReads = BackwardReads(inputs: true, outputs: false)

  private let levels: [TensorLayout]
  private let output: TensorLayout
  private var alignment = ck_region_alignment()
  private var tensors = HostTensors.unbound

  init(_ operation: RegionAlignment, _ request: KernelRequest) {
    levels = Array(request.inputs.dropLast())
    output = request.outputs[0]
    precondition(levels.allSatisfy { $0.block == output.block }, "levels in different blocks")
    precondition(levels.count <= Int(CK_MAX_LEVELS), "\(levels.count) levels")
    alignment.levels = Int32(levels.count)
    alignment.regions = Int32(output.shape.extent.depth)
    alignment.side = Int32(operation.side)
    alignment.samples = Int32(operation.samples)
    alignment.block = Int32(output.block)
    alignment.blocks = Int32(output.blocks)
    alignment.n = Int32(output.shape.batch)
    alignment.threads = Int32(request.threads)
    let leastExtents = [0] + operation.leastExtents
    Self.fill(&alignment.layout, levels.map(\.kernel))
    Self.fill(&alignment.least_extent, leastExtents)
    Self.fill(
      &alignment.scale, levels.map { Self.scale(of: $0.shape, in: operation.image) })
  }

  /// The power of two that is nearest to the ratio of the heights.
  private static func scale(of level: Shape, in image: Size) -> Float {
    let stride = Float(image.height) / Float(level.height)
    var power: Float = 1
    while power * 1.414_213_6 < stride { power *= 2 }
    return 1 / power
  }

  /// Writes to an array of C.
  private static func fill<Tuple, Element>(_ tuple: inout Tuple, _ values: [Element]) {
    withUnsafeMutableBytes(of: &tuple) { bytes in
      let elements = bytes.bindMemory(to: Element.self)
      for (index, value) in values.enumerated() { elements[index] = value }
    }
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    let maps: [UnsafePointer<Float>?] = levels.indices.map {
      UnsafePointer(tensors.inputs[$0].floats)
    }
    maps.withUnsafeBufferPointer {
      ck_region_align(
        &alignment, $0.baseAddress, tensors.inputs[levels.count].floats, tensors.outputs[0].floats)
    }
  }

  func backward() {
    var gradients: [UnsafeMutablePointer<Float>?] = []
    for (index, level) in levels.enumerated() {
      guard let gradient = tensors.inputGradients[index]?.floats else { return }
      if !tensors.accumulates[index] { gradient.update(repeating: 0, count: level.elements) }
      gradients.append(gradient)
    }
    gradients.withUnsafeBufferPointer {
      ck_region_align_backward(
        &alignment, tensors.placedOutputGradient.floats, tensors.inputs[levels.count].floats,
        $0.baseAddress)
    }
  }
}
