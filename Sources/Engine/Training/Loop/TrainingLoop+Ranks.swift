internal import Datasets
internal import Execution

/// How several processes train one network.
///
/// The first rank runs the loop: it evaluates, records and decides when the training ends. The others have the
/// same weights and take part in its steps. Every rank computes the batches of its share, hears of the losses,
/// statistics and gradients of all, and does the same update, so that the weights stay the same without being
/// sent. What a step computes is what one process computes, to the bit.
extension TrainingLoop {
  /// Of a step's batches, those of this rank.
  var ownShare: BatchShare {
    ranks.map { BatchShare(number: $0.group.rank, of: $0.group.count) } ?? .whole
  }

  /// Takes part in the steps of the first rank until it ends the training.
  ///
  /// - Throws: ``RankFailure``, or what went wrong on this rank, of which all ranks hear.
  package func follow() throws {
    guard let ranks, !ranks.leads else { preconditionFailure("the first rank leads") }
    var batches: Loader?
    while true {
      switch try ranks.receive() {
      case .end: return
      case .state: try shareState()
      case .step(let step):
        try shareScheduleMemory()
        let loader = try batches ?? ownBatches(step)
        batches = loader
        _ = try training.run(step: step) { try loader.next() }
      case .text: break
      }
    }
  }

  private func ownBatches(_ step: Int) throws -> Loader {
    try trainingBatches(from: step * configuration.optimization.batchesPerStep, ownShare)
  }

  /// Before the first step.
  func sendState() throws {
    try ranks?.send(.state)
    try shareState()
  }

  /// Before each step.
  func sendStep(_ step: Int) throws {
    guard let ranks else { return }
    try ranks.send(.step(step))
    try shareScheduleMemory()
  }

  private func shareState() throws {
    for tensors in training.sharedTensors { try share(tensors) }
  }

  /// What evaluations leave for the schedule, which the first rank alone makes.
  private func shareScheduleMemory() throws {
    if let memory = training.scheduleMemory { try share(memory) }
  }

  private func share(_ tensors: FlatTensors) throws {
    guard let ranks, tensors.count > 0 else { return }
    tensors.download()
    let bytes = UnsafeMutableRawBufferPointer(
      start: tensors.values, count: tensors.count * MemoryLayout<Float>.stride)
    try ranks.group.broadcast(bytes, from: 0)
    if !ranks.leads { tensors.upload() }
  }
}

extension TrainingConfiguration {
  /// - Throws: ``TrainingError`` where there are more ranks than batches in a step.
  package func check(ranks: Int) throws(TrainingError) {
    guard ranks <= optimization.batchesPerStep else {
      throw .moreRanksThanBatches(ranks: ranks, iterSize: optimization.batchesPerStep)
    }
    guard ranks == 1 || relabel == nil else {
      throw .relabel(
        "one process predicts and trains, and limits.ranks is \(ranks): write limits.ranks: 1")
    }
  }
}
