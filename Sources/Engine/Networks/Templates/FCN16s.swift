package import Groundwork

/// FCN-16s; 134,465,624 parameters at 12 classes.
package struct FCN16s: FCN {
  package static let name = "fcn16s"
  package static let about =
    "FCN (Long, Shelhamer & Darrell 2015) on VGG-16 whose scores are refined once, at a sixteenth."
  package static let example = "template: fcn16s"
  static let finestStride = 16

  let head: FCNHead

  package init(_ values: FieldValues) { head = FCNHead(values) }
}
