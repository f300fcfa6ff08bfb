/// Where in a training an evaluation stands: evaluations are named by it.
package struct EvaluationPoint: Sendable, Codable, Hashable {
  /// Steps done.
  package var step: Int
  /// Passes over the training samples done, the part of one that is not whole included.
  package var epoch: Double

  package init(step: Int, epoch: Double) {
    self.step = step
    self.epoch = epoch
  }

  /// `3`, `2.5` or `0.33`.
  package var epochText: String { Self.epochText(epoch) }

  package static func epochText(_ epoch: Double) -> String {
    if let whole = Int(exactly: epoch) { return "\(whole)" }
    var text = ValueFormat.decimals(epoch, 2)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}

extension EvaluationPoint: CustomStringConvertible {
  /// `step 120 (epoch 3)`.
  package var description: String { "step \(step) (epoch \(epochText))" }
}
