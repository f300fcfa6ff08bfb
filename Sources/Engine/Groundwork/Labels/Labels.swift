/// What a pixel is labelled: a class id, or whatever else a plane of labels holds.
package typealias Label = UInt16

/// Facts about labels.
package enum Labels {
  /// Inside the program every ignored pixel has this label, whatever the data set's ids are.
  package static let ignoreIndex: Label = 65_535
  /// The kernels of losses and metrics have room for the logits of so many.
  package static let maximumClasses = 2048
}
