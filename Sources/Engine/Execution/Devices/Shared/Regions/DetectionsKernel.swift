internal import Groundwork
internal import Networks

/// Chooses what is found in an image.
final class DetectionsKernel: ChoosingKernel {
  let layouts: [TensorLayout]
  private(set) var tensors = HostTensors.unbound
  private let operation: Detections
  private let threads: Int

  init(_ operation: Detections, _ request: KernelRequest) {
    self.operation = operation
    layouts = request.inputs
    threads = request.threads
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    parallel(threads: threads, units: layouts[0].shape.batch) { sample, _ in
      let table = RegionTable(tensors.outputs[0], sample: sample)
      table.start.update(repeating: 0, count: RegionColumns.detections * table.rows)
      let regions = RegionTable(tensors.inputs[0], sample: sample)
      guard !pass.isTraining else {
        let targets = RegionTable(tensors.inputs[1], sample: sample)
        for row in 0..<min(operation.mostTrained, regions.rows) where targets[0, row] > 0 {
          table.setBox(regions.box(row), row)
          (table[4, row], table[5, row]) = (1, targets[0, row])
        }
        return
      }
      var found = candidates(sample, regions)
      found.sort()
      found.suppress(overlap: operation.suppressionOverlap)
      for row in found.boxes.indices.prefix(operation.most) {
        table.setBox(found.boxes[row], row)
        (table[4, row], table[5, row]) = (1, Float(found.groups[row]))
        table[6, row] = found.scores[row]
      }
    }
  }

  /// All boxes that are sure enough, in groups by their classes.
  private func candidates(_ sample: Int, _ regions: RegionTable) -> ScoredBoxes {
    let (logits, deltas) = (tensors.inputs[2], tensors.inputs[3])
    let classes = layouts[2].shape.channels
    var found = ScoredBoxes()
    for row in 0..<regions.rows where regions[4, row] != 0 {
      let values = (0..<classes).map {
        Double(logits.floats[layouts[2].index(sample, channel: $0, place: row)])
      }
      let highest = values.max() ?? 0
      let powers = values.map { PortableMath.exponential($0 - highest) }
      let sum = powers.reduce(0, +)
      let surest = powers.indices.max { powers[$0] < powers[$1] }
      for classID in 1..<classes where !operation.isOfOneClass || classID == surest {
        let score = Float(powers[classID] / sum)
        guard score > operation.threshold else { continue }
        let moves = SIMD4<Float>(
          (0..<4).map {
            deltas.floats[layouts[3].index(sample, channel: 4 * classID + $0, place: row)]
          })
        let box = operation.coding.decode(moves, at: regions.box(row)).clipped(to: operation.image)
        if box.width >= Detections.leastSide, box.height >= Detections.leastSide {
          found.append(box, score: score, group: classID)
        }
      }
    }
    return found
  }
}
