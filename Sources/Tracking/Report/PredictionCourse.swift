/// What a run predicted of a few images in the course of its training.
package struct PredictionCourse: Sendable, Hashable {
  /// In their order; fewer than two are no course.
  package var steps: [Step]

  package struct Step: Sendable, Hashable {
    /// The epoch of the evaluation, as text.
    package var epoch: String
    /// In the order of the images.
    package var predictions: [Prediction]

    package init(epoch: String, predictions: [Prediction]) {
      (self.epoch, self.predictions) = (epoch, predictions)
    }
  }

  package struct Prediction: Sendable, Hashable {
    /// Of the image, as the list of the data writes it.
    package var name: String
    package var image: ReportImage
    /// The share of its known pixels that are wrong.
    package var wrong: Double

    package init(name: String, image: ReportImage, wrong: Double) {
      (self.name, self.image, self.wrong) = (name, image, wrong)
    }
  }

  package init(steps: [Step]) { self.steps = steps }

  /// The places of no more evaluations than that, evenly spread, the first and the last among them.
  package static func places(of count: Int, atMost limit: Int) -> [Int] {
    guard count > limit, limit > 1 else { return Array(0..<min(count, limit)) }
    return (0..<limit).map { ($0 * (count - 1) + (limit - 1) / 2) / (limit - 1) }
  }
}

extension PredictionCourse {
  /// A list of the epochs, of which the script shows one after the other.
  ///
  /// - Parameter run: as it is selected.
  func figure(of run: String) -> HTML {
    guard steps.count > 1 else { return .empty }
    return """
      <figure id="course" data-course><div class="figure-head">\
      <h3>What \(run) predicted in the course of its training</h3></div>
      <ol class="course">\(steps.map(Self.entry))</ol>
      <figcaption>\(steps.count) of the evaluations whose predictions are recorded, evenly spread; the colors \
      are those of the classes above.</figcaption></figure>

      """
  }

  private static func entry(_ step: Step) -> HTML {
    """
    <li data-epoch="\(step.epoch)"><h4>epoch \(step.epoch)</h4>
    <div class="course-row">\(step.predictions.map { Self.image($0, step.epoch) })</div></li>

    """
  }

  private static func image(_ prediction: Prediction, _ epoch: String) -> HTML {
    let wrong = "\(ReportUnits.percent(prediction.wrong)) wrong"
    let about =
      "the classes predicted of \(prediction.name) after epoch \(epoch), of which \(wrong)"
    return """
      <div>\(prediction.image.element("labels", about: about))\
      <p><b>\(prediction.name)</b> <span>\(wrong)</span></p></div>
      """
  }
}
