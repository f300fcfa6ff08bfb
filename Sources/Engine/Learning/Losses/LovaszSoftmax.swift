package import Groundwork

/// Lovász-Softmax, a piecewise linear stand-in for 1 − mean IoU, of the errors |p − [labelled so]|
/// with p the softmax (Berman, Rannen Triki & Blaschko, CVPR 2018; ``LovaszKernel``). An absent
/// class, where all count, costs its greatest probability.
package struct LovaszSoftmax: Loss {
  package static let name = "lovasz_softmax"
  package static let about =
    "Stand-in for one minus the mean IoU; to fine-tune with, or beside cross_entropy."
  package static let definition =
    "In validation the ratio is always taken of each image by itself, and the loss is the "
    + "mean over the images."
  package static let fields = [LovaszKernel.classes.declaration, LovaszKernel.batch.declaration]
  package static let example = "losses: [cross_entropy, {lovasz_softmax: {classes: present}}]"

  private let takesAbsent: Bool
  private let isOverBatch: Bool

  package init(_ values: FieldValues) {
    takesAbsent = values[LovaszKernel.classes] == "all"
    isOverBatch = values[LovaszKernel.batch]
  }

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return LovaszKernel(
      context, .softmax, isOverBatch: isOverBatch, takesAbsent: takesAbsent,
      includesBackground: true)
  }
}
