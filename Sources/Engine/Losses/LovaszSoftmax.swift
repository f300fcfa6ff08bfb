/// Lovász-Softmax, a piecewise linear stand-in for 1 − mean IoU, of the errors |p − [labelled so]|
/// with p the softmax (Berman, Rannen Triki & Blaschko, CVPR 2018; ``LovaszKernel``). An absent
/// class, where all count, costs its greatest probability.
public struct LovaszSoftmax: Loss {
  public static let name = "lovasz_softmax"
  public static let about =
    "Stand-in for one minus the mean IoU; to fine-tune with, or beside cross_entropy."
  public static let definition =
    "In validation the ratio is always taken of each image by itself, and the loss is the "
    + "mean over the images."
  public static let fields = [LovaszKernel.classes.declaration, LovaszKernel.batch.declaration]
  public static let example = "losses: [cross_entropy, {lovasz_softmax: {classes: present}}]"

  private let takesAbsent: Bool
  private let isOverBatch: Bool

  public init(_ values: FieldValues) {
    takesAbsent = values[LovaszKernel.classes] == "all"
    isOverBatch = values[LovaszKernel.batch]
  }

  public func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    try context.requireSoftmax()
    return LovaszKernel(
      context, .softmax, isOverBatch: isOverBatch, takesAbsent: takesAbsent,
      includesBackground: true)
  }
}
