package import Groundwork

/// Focal Tversky loss, the mean of (1 − T)^κ with T the Tversky index of a class (Abraham & Khan, ISBI
/// 2019, who write κ = 1/γ with γ = 4/3): an exponent below 1 keeps pressing for classes that are
/// nearly right. See ``Tversky``.
///
/// The factor κ (1 − T)^(κ − 1) of the gradient is that of 1 − T = 1e-6 where 1 − T is less.
package struct FocalTversky: Loss {
  package static let name = "focal_tversky"
  package static let about = "A power of the Tversky loss of each class."
  package static let definition =
    "The power is taken of each class's own loss, and the mean over the classes is of the "
    + "powers. With absent: keep a class that is not there costs what is predicted of it. "
    + "In validation the ratio is always taken of each image by itself, and the loss is the "
    + "mean over the images."
  package static let fields = [exponent.declaration] + Tversky.fields
  package static let example = "losses: [{focal_tversky: {exponent: 0.75}}]"

  package static let exponent = Field.number(
    "exponent", default: 0.75, Bounds(0.1...10),
    "Power of one minus the index; below 1 it presses on near the end, above 1 it lets go.")

  private let exponent: Double
  private let index: TverskyIndex

  package init(_ values: FieldValues) {
    exponent = values[Self.exponent]
    index = TverskyIndex(values)
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return RegionLossKernel(
      context, isSquared: false, isOverBatch: index.isOverBatch, measure: measure)
  }

  private func measure(_ region: RegionSums) -> RegionMeasure? {
    guard let plain = index.loss(region) else { return nil }
    guard plain.loss.isFinite else { return plain }
    let factor = exponent * PortableMath.power(max(plain.loss, 1e-6), exponent - 1)
    return RegionMeasure(
      loss: PortableMath.power(max(plain.loss, 0), exponent),
      byOverlap: factor * plain.byOverlap, byPrediction: factor * plain.byPrediction)
  }
}
