package import Learning

/// What an evaluation finds out besides the losses and the counts of pixels.
package struct EvaluationSettings: Sendable {
  /// No two of one name.
  package var metrics: [any Metric] = []
  package var absentClasses = AbsentClasses.cityscapes
  /// How many images are told that are worst by the first metric that judges images, or by the mean
  /// IoU where none does.
  package var worstImages = 0
  package var testTimeAugmentation = TestTimeAugmentation.none

  package init() {}
}
