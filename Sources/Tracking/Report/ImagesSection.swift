/// What the best run makes of a few images, the worst first.
enum ImagesSection {
  static func section(_ source: ReportSource) -> ReportSection {
    ReportSection("images", "Images", content(source.predictions))
  }

  private static func content(_ predictions: ReportPredictions?) -> ReportSection.Content {
    guard let predictions, !predictions.images.isEmpty else {
      return .absent(
        "no predictions are recorded; evaluation: {previews: 4} in the spec keeps those of four images"
      )
    }
    let rows = predictions.images.map { row($0) }
    let shown = predictions.images.count
    let choice =
      shown == predictions.recorded
      ? "All \(shown) images whose predictions are recorded, the worst first"
      : "The \(shown) worst of \(predictions.recorded) images whose predictions are recorded"
    return .shown(
      """
      <figure id="predictions" data-overlays><div class="figure-head">\
      <h3>\(predictions.run) after epoch \(predictions.epoch)</h3></div>
      <div class="image-head" aria-hidden="true"><span></span><span>image</span><span>truth</span>\
      <span>prediction</span><span>errors</span></div>
      \(rows)<ul class="legend" aria-label="Classes">
      \(predictions.classes.map(entry))</ul>
      <figcaption>\(choice). Errors are orange over the image in grey; nothing is known where it is dark. \
      Lines lie where classes meet.</figcaption></figure>
      \(predictions.course.figure(of: predictions.run))
      """)
  }

  private static func row(_ image: ReportPrediction) -> HTML {
    let wrong = "\(ReportUnits.percent(image.wrong)) wrong"
    return """
      <div class="image-row"><p class="image-name"><b>\(image.name)</b><span>\(wrong)</span></p>
      <div>\(image.image.element("photograph", about: "image \(image.name)"))</div>
      <div>\(image.truth.element("labels", about: "its true classes"))</div>
      <div>\(image.prediction.element("labels", about: "the predicted classes, of which \(wrong)"))</div>
      <div>\(image.errors.element("errors", about: "where the prediction is wrong: \(wrong)"))</div></div>

      """
  }

  private static func entry(_ entry: ReportPredictions.ClassColour) -> HTML {
    let colour = entry.colour.hexadecimal
    return """
      <li><svg viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" rx="3" \
      fill="\(colour)"/></svg>\(entry.name)</li>

      """
  }
}
