package import Groundwork

/// FCN-32s; 134,899,532 parameters at 12 classes.
package struct FCN32s: FCN {
  package static let name = "fcn32s"
  package static let about =
    "The coarsest of the FCNs (Long, Shelhamer & Darrell 2015): VGG-16 scored at a thirty-second."
  package static let example = "template: fcn32s"
  static let finestStride = 32

  let head: FCNHead

  package init(_ values: FieldValues) { head = FCNHead(values) }
}
