package import Groundwork
package import Learning
internal import Tasks

/// How often the predictions of a training become the labels that it goes on with, and by which rules.
package struct RelabelSettings: Sendable {
  /// From one stage of labels to the next; the first begins after this time.
  package var every: TrainingInterval
  package var rules: RelabelRules

  package init(every: TrainingInterval, rules: RelabelRules) {
    (self.every, self.rules) = (every, rules)
  }
}

extension TrainingConfiguration {
  /// - Throws: ``TrainingError`` where labels cannot be made of predictions.
  func checkRelabel(_ shape: DataShape) throws(TrainingError) {
    guard relabel != nil else { return }
    let truth = task.truth(classes: shape.classes)
    guard truth.form == .classes, truth.planes == 1, !task.reading.derivesTruth else {
      throw .relabel(
        "it makes labels of one class a pixel, but the task is \(task.name): leave it out, or write task: semantic"
      )
    }
    guard shape.trainingExtent.rank == 2 else {
      throw .relabel(
        "it looks at images, and data.patches of three numbers are of volumes: leave it out")
    }
    guard shape.trainingExtent == shape.validationExtent else {
      throw .relabel(
        "training images are \(shape.trainingExtent), validation images \(shape.validationExtent), and one network "
          + "predicts both: write data.size, data.crop or data.patches")
    }
  }
}
