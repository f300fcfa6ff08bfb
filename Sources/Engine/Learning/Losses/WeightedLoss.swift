/// A loss with its weight in the sum.
package struct WeightedLoss: Sendable {
  package var loss: any Loss
  package var weight: LossWeight
  package init(loss: any Loss, weight: LossWeight) {
    self.loss = loss
    self.weight = weight
  }
  package init(loss: any Loss, weight: Double) {
    self.init(loss: loss, weight: .constant(weight))
  }
}
