internal import Networks

/// Which values of the forward pass are given up and made again for the backward pass
/// (Chen, Xu, Zhang & Guestrin, "Training Deep Nets with Sublinear Memory Cost", 2016).
///
/// Every step is repeated at most once, so that a backward pass costs at most one more forward pass.
struct Recomputation {
  private let pass: PlannedPass
  private let sizes: [Int]
  private let isDroppable: [Bool]

  /// What lies within a concatenation is kept: its other part would have to be made again too.
  init(_ pass: PlannedPass, _ planned: PlannedLayouts, isRepeatable: [Bool]) {
    self.pass = pass
    let joined = Set(planned.within.keys).union(planned.within.values.map(\.value))
    sizes = pass.steps.map { $0.outputs.reduce(0) { $0 + planned.layouts[$1].bytes } }
    let kept = joined.union(pass.network.headValues)
    isDroppable = zip(pass.steps, isRepeatable).map { step, isRepeatable in
      isRepeatable && kept.isDisjoint(with: step.outputs)
    }
  }

  /// The steps whose outputs are dropped so that the fewest bytes are alive at once.
  ///
  /// The best way to cut the steps into segments that keep nothing but what they hand on; then, step
  /// by step, whatever change of mind still saves memory.
  ///
  /// - Parameter bytes: what a choice takes.
  func bestDrops(_ bytes: (Set<Int>) -> Int) -> Set<Int> {
    var best = (drops: Set<Int>(), bytes: bytes([]))
    func offer(_ drops: Set<Int>) {
      let needed = bytes(drops)
      if needed < best.bytes { best = (drops, needed) }
    }
    for count in [2, 3, 4, 5, 6, 8, 12, 16, 24] { offer(droppedWithinSegments(count)) }
    for step in pass.steps.indices where isDroppable[step] {
      offer(best.drops.symmetricDifference([step]))
    }
    return best.drops
  }

  /// The steps whose outputs only their own segment reads, for segments of about equal bytes. The
  /// last is followed by its backward pass at once and drops nothing.
  private func droppedWithinSegments(_ count: Int) -> Set<Int> {
    let total = max(sizes.reduce(0, +), 1)
    var sum = 0
    let segment = sizes.map { size in
      defer { sum += size }
      return min(count - 1, sum * count / total)
    }
    var isHandedOn = pass.steps.map { _ in false }
    for (reader, step) in pass.steps.enumerated() {
      for producer in step.inputs.compactMap({ pass.producer[$0] })
      where segment[producer] != segment[reader] {
        isHandedOn[producer] = true
      }
    }
    return Set(
      pass.steps.indices.filter {
        isDroppable[$0] && segment[$0] < count - 1 && !isHandedOn[$0]
      })
  }
}
