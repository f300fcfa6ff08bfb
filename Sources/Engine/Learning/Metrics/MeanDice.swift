package import Groundwork

/// Overlap, 2t / (G + R): the F1 of precision and recall (Dice 1945).
package struct MeanDice: CountMetric {
  package static let name = "mean_dice"
  package static let title = "mean Dice"
  package static let className = "dice"
  package static let classTitle = "Dice"
  package static let isStandard = true
  package static let otherNames = ["dice", "f1"]
  package static let about = "Mean Dice coefficient (F1) of the classes."
  package static let definition =
    "A class that occurs and is never predicted has 0, and so has one that is predicted "
    + "and never occurs. A class that neither occurs nor is predicted has no value; what a "
    + "mean makes of it is evaluation.absent_classes."
  package static let example = "evaluation: {metrics: [mean_dice]}"

  package init(_ values: FieldValues) {}

  package func classes(of counts: ClassCounts) -> [Double] { counts.dice }
}
