internal import Groundwork
internal import Networks

/// The kernels of the operations on regions. They choose on the host, image by image, from what is sorted in
/// one way alone, so that neither threads nor the level of the processor decide what is chosen.
enum RegionKernels {
  /// - Throws: ``DeviceError`` for a precision that they do not compute in.
  static func make(
    _ operation: RegionOperation, _ request: KernelRequest
  ) throws -> any HostKernel {
    guard (request.inputs + request.outputs).allSatisfy({ $0.precision == .f32 }) else {
      throw DeviceError("regions are computed in f32 alone: leave precision out")
    }
    return switch operation {
    case .pack(let mosaic): LevelMosaicKernel(mosaic, request)
    case .join(let rows): LevelRowsKernel(rows, request)
    case .anchorTargets(let targets): AnchorTargetsKernel(targets, request)
    case .propose(let proposals): ProposalsKernel(proposals, request)
    case .align(let alignment): RegionAlignmentKernel(alignment, request)
    case .detect(let detections): DetectionsKernel(detections, request)
    case .maskTargets(let targets): MaskTargetsKernel(targets, request)
    case .draw(let drawing): ObjectDrawingKernel(drawing, request)
    }
  }
}

/// A kernel whose output is chosen: its inputs get no gradient from it.
protocol ChoosingKernel: HostKernel {
  var layouts: [TensorLayout] { get }
  var tensors: HostTensors { get }
}

extension ChoosingKernel {
  var workspaceBytes: Int { 0 }
  var scratchBytes: Int { 0 }
  var backwardReads: BackwardReads { BackwardReads(inputs: false, outputs: false) }

  func backward() {
    for (index, gradient) in tensors.inputGradients.enumerated()
    where !tensors.accumulates[index] {
      gradient?.floats.update(repeating: 0, count: layouts[index].elements)
    }
  }
}

/// A table of one sample: `[columns][rows]`.
struct RegionTable {
  let start: UnsafeMutablePointer<Float>
  let rows: Int

  init(_ tensor: HostTensor, sample: Int) {
    rows = tensor.layout.shape.area
    start = tensor.floats + sample * tensor.layout.sampleElements
  }

  subscript(column: Int, row: Int) -> Float {
    get { start[column * rows + row] }
    nonmutating set { start[column * rows + row] = newValue }
  }

  /// The four columns from the given one on.
  func box(_ row: Int, from column: Int = 0) -> SIMD4<Float> {
    SIMD4(
      self[column, row], self[column + 1, row], self[column + 2, row], self[column + 3, row])
  }

  func setBox(_ box: SIMD4<Float>, _ row: Int, from column: Int = 0) {
    for index in 0..<4 { self[column + index, row] = box[index] }
  }

  func fill(_ value: Float, column: Int) {
    (start + column * rows).update(repeating: value, count: rows)
  }
}
