/// When the tensors of a plan are alive, and where in its arena they lie.
struct MemoryArrangement {
  let lifetimes: Lifetimes
  let storage: Storage

  /// - Parameters:
  ///   - wanted: whether the gradient of each value is wanted.
  ///   - recomputes: gives up activations and makes them again, where that saves memory.
  init(
    _ pass: PlannedPass, _ planned: PlannedLayouts, _ kernels: [any Kernel], wanted: [Bool],
    isTraining: Bool, recomputes: Bool
  ) {
    func arranged(dropping dropped: Set<Int>) -> (Lifetimes, StorageRequests) {
      let lifetimes = Lifetimes(pass, wanted: wanted, within: planned.within, dropped: dropped)
      return (lifetimes, StorageRequests(pass, planned, kernels, lifetimes, isTraining: isTraining))
    }
    let dropped =
      recomputes && isTraining
      ? Recomputation(pass, planned, isRepeatable: kernels.map(\.isRepeatable))
        .bestDrops { arranged(dropping: $0).1.arena.leastBytes } : []
    let (lifetimes, requests) = arranged(dropping: dropped)
    self.lifetimes = lifetimes
    storage = requests.placed()
  }
}
