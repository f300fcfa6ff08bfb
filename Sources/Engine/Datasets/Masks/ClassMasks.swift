package import Groundwork

/// One mask a sample, each of whose pixels is of one class.
package struct ClassMasks: TruthReading {
  package let task: String
  package let form = TruthForm.classes
  package let masksHoldClasses = true
  package let samplesArePoints: Bool
  package var readsScenes: Bool { !samplesArePoints }

  package init(task: String = "semantic", samplesArePoints: Bool = false) {
    (self.task, self.samplesArePoints) = (task, samplesArePoints)
  }

  /// A pixel that is of one class must have another to be of.
  package var classBounds: ClosedRange<Int> { 2...Labels.maximumClasses }

  package func masks(classes: Int) -> Int { 1 }

  package func planes(classes: Int) -> Int { 1 }

  package func maskCodings(_ masks: MaskSettings) -> [MaskCoding] {
    [MaskCoding(masks)]
  }

  package func labelValues(classes: Int) -> Int { classes }

  package func tally(_ labels: LabelPlanes, classes: Int) -> LabelTally {
    labels.tally(plane: 0, values: classes)
  }
}
