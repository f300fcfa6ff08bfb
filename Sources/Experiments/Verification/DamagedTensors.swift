import Tracking
internal import Training
internal import WeightFiles

/// Which tensors of a damaged checkpoint are still what was recorded: every evaluation has a digest of each tensor's
/// bits. The file is read by what trusts no file.
struct DamagedTensors {
  /// Those that are not, in the network's order.
  let names: [String]
  /// Of how many.
  let count: Int

  /// - Parameter path: of the checkpoint's file.
  /// - Returns: `nil` where the file cannot be read as one, or where no tensor is known by its digest, as with weights
  ///   that were averaged.
  init?(_ checkpoint: CheckpointRecord, of run: RunRecord, path: String) {
    guard let history = run.history,
      let row = history.row(atStep: checkpoint.evaluation.step),
      let file = try? WeightFile.open(path)
    else { return nil }
    let stored = Dictionary(file.tensors.map { ($0.name, $0) }) { first, _ in first }
    let damaged = zip(history.tensorNames, row.tensorDigests).filter { name, digest in
      guard let tensor = stored[name], let values = try? file.values(of: tensor) else {
        return true
      }
      return values.withUnsafeBufferPointer(TensorDigest.digest) != digest
    }
    guard damaged.count < history.tensorNames.count else { return nil }
    names = damaged.map(\.0)
    count = history.tensorNames.count
  }

  var sentence: String {
    guard let first = names.first else {
      return "all \(Units.count(count, "tensor")) of the network are as they were recorded"
    }
    let others = names.count > 1 ? " and \(Units.count(names.count - 1)) more" : ""
    return "of \(Units.count(count, "tensor")) \(first)\(others) "
      + (names.count > 1 ? "are" : "is") + " not what was recorded"
  }
}
