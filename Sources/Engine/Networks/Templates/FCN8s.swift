package import Groundwork

/// FCN-8s; 134,360,420 parameters at 12 classes.
package struct FCN8s: FCN {
  package static let name = "fcn8s"
  package static let about =
    "FCN (Long, Shelhamer & Darrell 2015) on VGG-16 whose scores are refined twice, down to an eighth."
  package static let example = "template: fcn8s"
  static let finestStride = 8

  let head: FCNHead

  package init(_ values: FieldValues) { head = FCNHead(values) }
}
