internal import Groundwork
internal import Networks

/// Samples the anchors that a region proposal network is trained on.
final class AnchorTargetsKernel: ChoosingKernel {
  let layouts: [TensorLayout]
  private(set) var tensors = HostTensors.unbound
  private let operation: AnchorTargets
  private let anchors: [Box]
  private let threads: Int
  private let size: Size

  init(_ operation: AnchorTargets, _ request: KernelRequest) {
    self.operation = operation
    layouts = request.inputs
    anchors = operation.anchors.boxes
    threads = request.threads
    size = request.inputs[0].shape.size
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    parallel(threads: threads, units: layouts[0].shape.batch) { sample, _ in
      let table = RegionTable(tensors.outputs[0], sample: sample)
      table.start.update(repeating: 0, count: RegionColumns.anchorTargets * table.rows)
      table.fill(-1, column: 0)
      guard let planes = pass.planes(sample, size) else { return }
      let truth = TrueObjects(planes, size)
      let matching = BoxMatching(anchors, truth.boxes, operation.sampling, keepsBest: true)
      var stream = RandomStream(
        seed: pass.seed, purpose: RandomStream.Purpose("anchors"), epoch: pass.step, sample: sample)
      let (positives, negatives) = operation.sampling.sample(matching.labels, &stream)
      for row in negatives { table[0, row] = 0 }
      for row in positives {
        guard let match = matching.matches[row] else { continue }
        table[0, row] = 1
        table.setBox(
          operation.coding.encode(truth.boxes[match], at: anchors[row]), row, from: 1)
      }
    }
  }
}

extension ForwardPass {
  /// The truth of a sample, `[3, H, W]`; `nil` where nothing is trained.
  func planes(_ sample: Int, _ size: Size) -> UnsafePointer<Label>? {
    isTraining ? labels.map { $0 + sample * InstancePlanes.count * size.area } : nil
  }
}
