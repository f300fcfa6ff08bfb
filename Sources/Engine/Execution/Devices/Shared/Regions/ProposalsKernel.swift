internal import Groundwork
internal import Networks

/// Chooses the regions that are looked at.
final class ProposalsKernel: ChoosingKernel {
  let layouts: [TensorLayout]
  private(set) var tensors = HostTensors.unbound
  private let operation: Proposals
  private let anchors: [Box]
  private let threads: Int
  /// The rows of the anchors that are sorted and suppressed together.
  private let levels: [Range<Int>]

  /// Smaller regions are left out: their sides in pixels.
  private static let leastSide: Float = 1e-3

  init(_ operation: Proposals, _ request: KernelRequest) {
    self.operation = operation
    layouts = request.inputs
    anchors = operation.anchors.boxes
    threads = request.threads
    var (first, levels): (Int, [Range<Int>]) = (0, [])
    for level in operation.anchors.levels {
      levels.append(first..<first + level.extent.area * operation.anchors.ratios.count)
      first = levels[levels.count - 1].upperBound
    }
    self.levels = operation.joinsLevels ? [0..<first] : levels
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    parallel(threads: threads, units: layouts[0].shape.batch) { sample, _ in
      let regions = RegionTable(tensors.outputs[0], sample: sample)
      let targets = RegionTable(tensors.outputs[1], sample: sample)
      regions.start.update(repeating: 0, count: RegionColumns.regions * regions.rows)
      targets.start.update(repeating: 0, count: RegionColumns.regionTargets * targets.rows)
      targets.fill(-1, column: 0)
      let proposals = proposals(
        sample, limits: pass.isTraining ? operation.training : operation.prediction)
      if let planes = pass.planes(sample, operation.image) {
        write(
          proposals, TrueObjects(planes, operation.image), pass, sample: sample, regions, targets)
      } else {
        for (row, box) in proposals.prefix(regions.rows).enumerated() {
          regions.setBox(box, row)
          regions[4, row] = 1
        }
      }
    }
  }

  /// The surest first.
  private func proposals(_ sample: Int, limits: Proposals.Limits) -> [Box] {
    let objectness = RegionTable(tensors.inputs[0], sample: sample)
    let deltas = RegionTable(tensors.inputs[1], sample: sample)
    var proposals = ScoredBoxes()
    for (level, rows) in levels.enumerated() {
      let scores = rows.map { (-objectness[0, $0], $0) }.sorted { $0 < $1 }
      for (score, row) in scores.prefix(limits.perLevel) {
        let box = operation.coding.decode(deltas.box(row), at: anchors[row])
          .clipped(to: operation.image)
        if box.width >= Self.leastSide, box.height >= Self.leastSide {
          proposals.append(box, score: -score, group: level)
        }
      }
    }
    proposals.sort()
    proposals.suppress(overlap: operation.suppressionOverlap)
    return Array(proposals.boxes.prefix(limits.kept))
  }

  /// Samples of the proposals and the true boxes, those of objects first.
  private func write(
    _ proposals: [Box], _ truth: TrueObjects, _ pass: ForwardPass, sample: Int,
    _ regions: RegionTable, _ targets: RegionTable
  ) {
    let boxes = proposals + truth.boxes
    let matching = BoxMatching(boxes, truth.boxes, operation.sampling, keepsBest: false)
    var stream = RandomStream(
      seed: pass.seed, purpose: RandomStream.Purpose("regions"), epoch: pass.step, sample: sample)
    let (positives, negatives) = operation.sampling.sample(matching.labels, &stream)
    for (row, index) in (positives + negatives).enumerated() {
      regions.setBox(boxes[index], row)
      regions[4, row] = 1
      targets[0, row] = 0
      guard row < positives.count, let match = matching.matches[index] else { continue }
      targets[0, row] = Float(truth.classes[match])
      targets.setBox(
        operation.targetCoding.encode(truth.boxes[match], at: boxes[index]), row, from: 1)
      targets[5, row] = Float(truth.ids[match])
    }
  }
}
