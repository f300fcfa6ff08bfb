/// Which values of the forward pass are given up and made again for the backward pass
/// (Chen, Xu, Zhang & Guestrin, "Training Deep Nets with Sublinear Memory Cost", 2016).
///
/// The steps are cut into segments. What a segment hands on to later ones is kept; what only its
/// own backward pass needs is dropped, and the segment is repeated when that pass comes. The last
/// segment is followed by its backward pass at once and drops nothing.
enum Recomputation {
  /// The steps whose outputs may be dropped for each way to cut that is worth a try.
  static func candidates(
    _ pass: PlannedPass, layouts: [TensorLayout], within: [Int: PlannedLayouts.Place],
    isRepeatable: [Bool]
  ) -> [Set<Int>] {
    let sizes = pass.steps.map { $0.outputs.reduce(0) { $0 + layouts[$1].bytes } }
    let total = sizes.reduce(0, +)
    let joined = Set(within.keys).union(within.values.map(\.value))
    return [2, 3, 4, 5, 6, 8, 12, 16, 24].map { segments in
      // Of about equal bytes.
      var sum = 0
      let segment = sizes.map { size in
        defer { sum += size }
        return min(segments - 1, sum * segments / max(total, 1))
      }
      return Set(
        pass.steps.indices.filter { index in
          let step = pass.steps[index]
          return isRepeatable[index] && segment[index] < segments - 1
            && step.outputs.allSatisfy { output in
              output != pass.network.logits && !joined.contains(output)
                && pass.steps.indices.allSatisfy { reader in
                  segment[reader] == segment[index] || !pass.steps[reader].inputs.contains(output)
                }
            }
        })
    }
  }
}
