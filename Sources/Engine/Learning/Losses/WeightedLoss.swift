internal import Groundwork

/// A loss with its weight in the sum.
package struct WeightedLoss: Sendable {
  package var loss: any Loss
  package var weight: LossWeight
  /// The head that it looks at.
  package var head: LossHead

  /// - Parameter head: the name of another head than the loss's own.
  package init(loss: any Loss, weight: LossWeight, head: String? = nil) {
    self.loss = loss
    self.weight = weight
    let own = type(of: loss).head
    self.head = head.map { $0 == own.name ? own : LossHead(name: $0) } ?? own
  }
  package init(loss: any Loss, weight: Double) {
    self.init(loss: loss, weight: .constant(weight))
  }

  /// What it is recorded under: `cross_entropy`, or `cross_entropy.auxiliary` where it looks at
  /// another head than its own.
  package var name: String {
    let type = type(of: loss)
    return head.name == type.head.name ? type.name : "\(type.name).\(head.name)"
  }
}
