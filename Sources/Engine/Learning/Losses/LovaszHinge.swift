package import Groundwork

/// Lovász hinge, a piecewise linear stand-in for 1 − IoU of each class against the rest, of the
/// errors max(0, 1 − s z) with z the class's own logit and s 1 for its pixels, −1 for others (Berman,
/// Rannen Triki & Blaschko, CVPR 2018; ``LovaszKernel``). With two classes and without the background
/// it is the paper's, on the logits of class 1.
package struct LovaszHinge: Loss {
  package static let name = "lovasz_hinge"
  package static let about =
    "Stand-in for one minus the IoU that asks each logit for a margin of 1."
  package static let definition =
    "In validation the ratio is always taken of each image by itself, and the loss is the "
    + "mean over the images."
  package static let fields = [
    LovaszKernel.classes.declaration, LovaszKernel.batch.declaration,
    Dice.includeBackground.declaration,
  ]
  package static let example = "losses: [{lovasz_hinge: {include_background: false}}]"
  package static let readsSingleLogits = true

  private let takesAbsent: Bool
  private let isOverBatch: Bool
  private let includesBackground: Bool

  package init(_ values: FieldValues) {
    takesAbsent = values[LovaszKernel.classes] == "all"
    isOverBatch = values[LovaszKernel.batch]
    includesBackground = values[Dice.includeBackground]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return LovaszKernel(
      context, .hinge, isOverBatch: isOverBatch, takesAbsent: takesAbsent,
      includesBackground: includesBackground)
  }
}
