internal import CKernels
internal import Groundwork
internal import Networks

/// Cuts the masks of true objects to their regions.
final class MaskTargetsKernel: ChoosingKernel {
  let layouts: [TensorLayout]
  private(set) var tensors = HostTensors.unbound
  private let operation: MaskTargets
  private let threads: Int

  init(_ operation: MaskTargets, _ request: KernelRequest) {
    self.operation = operation
    layouts = request.inputs
    threads = request.threads
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    let output = tensors.outputs[0]
    output.floats.update(repeating: 0, count: output.layout.elements)
    let size = operation.image
    let (rows, area) = (layouts[0].shape.area, operation.side * operation.side)
    parallel(threads: threads, units: layouts[0].shape.batch * rows) { unit, _ in
      let (sample, row) = unit.quotientAndRemainder(dividingBy: rows)
      let regions = RegionTable(tensors.inputs[0], sample: sample)
      guard regions[4, row] != 0, let planes = pass.planes(sample, size) else { return }
      let id = RegionTable(tensors.inputs[1], sample: sample)[5, row]
      let target = output.floats + unit * area
      regions.box(row).withCoordinates { box in
        ck_mask_target(
          planes + InstancePlanes.ids * size.area, Int32(size.height), Int32(size.width),
          Label(id), box, Int32(operation.side), target)
      }
      if operation.isBinary {
        for index in 0..<area { target[index] = target[index] >= 0.5 ? 1 : 0 }
      }
    }
  }
}

/// Draws what was found on the image.
final class ObjectDrawingKernel: ChoosingKernel {
  let layouts: [TensorLayout]
  private(set) var tensors = HostTensors.unbound
  private let operation: ObjectDrawing
  private let threads: Int

  init(_ operation: ObjectDrawing, _ request: KernelRequest) {
    self.operation = operation
    layouts = request.inputs
    threads = request.threads
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    let output = tensors.outputs[0]
    output.floats.update(repeating: 0, count: output.layout.elements)
    guard !pass.isTraining else { return }
    let (masks, side) = (layouts[1], layouts[1].shape.width)
    parallel(threads: threads, units: masks.shape.batch) { sample, _ in
      let found = RegionTable(tensors.inputs[0], sample: sample)
      let planes = output.floats + sample * output.layout.sampleElements
      var drawn: Float = 0
      for row in 0..<found.rows where found[4, row] != 0 {
        let channel = Int(found[5, row])
        let probabilities = (0..<side * side).map { place in
          let index = masks.index(sample, channel: channel, place: row * side * side + place)
          return Float(1 / (1 + PortableMath.exponential(-Double(tensors.inputs[1].floats[index]))))
        }
        let pixels = probabilities.withUnsafeBufferPointer { mask in
          found.box(row).withCoordinates { box in
            ck_mask_draw(
              mask.baseAddress, Int32(side), box, operation.threshold, found[5, row], drawn + 1,
              found[6, row], planes,
              Int32(operation.image.height), Int32(operation.image.width))
          }
        }
        if pixels > 0 { drawn += 1 }
      }
    }
  }
}
