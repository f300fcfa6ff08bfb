package import Datasets
package import Groundwork

/// What the plans of a training depend on besides its configuration.
package struct DataShape: Sendable, Hashable {
  /// The size of the training images before augmentation.
  package var trainingSize: Size
  package var validationSize: Size
  /// The largest height and width of the validation images that are put together of patches of
  /// `validationSize`; `nil` where none are.
  package var stitchedSize: Size?
  package var channels: Int
  package var classes: Int

  package init(
    trainingSize: Size, validationSize: Size, stitchedSize: Size? = nil, channels: Int, classes: Int
  ) {
    self.trainingSize = trainingSize
    self.validationSize = validationSize
    self.stitchedSize = stitchedSize
    self.channels = channels
    self.classes = classes
  }

  package init(_ data: SegmentationData) {
    self.init(
      trainingSize: data.train.size, validationSize: data.validation.size,
      stitchedSize: data.validation.stitchedSize, channels: data.train.channels,
      classes: data.classes.count)
  }
}
