package import Groundwork

/// Soft Jaccard, the intersection over union (Rahman & Wang, ISVC 2016): for each class, over the
/// valid pixels of the batch or of each image,
///
///     J = (I + s) / (S + T − I + s)     I = Σ p·g     S = Σ p     T = Σ g
///
/// with p the softmax, g the one-hot labels and s the `smooth`; L = 1 − the mean of J. It is the
/// ``Tversky`` loss with weights of 1.
package struct Jaccard: Loss {
  package static let name = "jaccard"
  package static let about = "One minus the mean intersection over union of the classes."
  package static let definition =
    "With absent: keep a class that is not there costs what is predicted of it, 1 - "
    + "smooth / (S + smooth) with S its predicted volume, and its loss is 0 only where "
    + "nothing is. In validation the ratio is always taken of each image by itself, and the "
    + "loss is the mean over the images."
  package static let fields = [
    Dice.smooth.declaration, Dice.batch.declaration, Dice.absent.declaration,
    Dice.includeBackground.declaration,
  ]
  package static let example = "losses: [{jaccard: {smooth: 1}}]"

  private let index: TverskyIndex

  package init(_ values: FieldValues) { index = TverskyIndex(values, weights: (1, 1)) }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return RegionLossKernel(
      context, isSquared: false, isOverBatch: index.isOverBatch, measure: index.loss)
  }
}
