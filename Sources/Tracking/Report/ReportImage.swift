internal import Foundation

/// An image that a report shows: the bytes of a file that this program has written.
package struct ReportImage: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case png, jpeg
  }
  package var kind: Kind
  package var bytes: [UInt8]
  package var width: Int
  package var height: Int

  package init(_ kind: Kind, _ bytes: [UInt8], width: Int, height: Int) {
    (self.kind, self.bytes, self.width, self.height) = (kind, bytes, width, height)
  }

  /// The file in the address itself.
  var address: String { "data:image/\(kind.rawValue);base64,\(Data(bytes).base64EncodedString())" }

  /// - Parameters:
  ///   - name: what script and style sheet call it.
  ///   - about: for who cannot see it.
  package func element(_ name: String, about: String) -> HTML {
    // Enlarged pixels stay squares: they are what was predicted.
    let small = width < 200 ? " small" : ""
    return """
      <img class="\(name)\(small)" alt="\(about)" width="\(width)" height="\(height)" \
      src="\(address)">
      """
  }
}

/// What a run predicted of an image, beside the truth.
package struct ReportPrediction: Sendable, Hashable {
  /// As the list of the data writes it.
  package var name: String
  /// The share of its known pixels that are wrong.
  package var wrong: Double
  package var image: ReportImage
  package var truth: ReportImage
  package var prediction: ReportImage
  package var errors: ReportImage

  package init(
    name: String, wrong: Double, image: ReportImage, truth: ReportImage, prediction: ReportImage,
    errors: ReportImage
  ) {
    (self.name, self.wrong, self.image) = (name, wrong, image)
    (self.truth, self.prediction, self.errors) = (truth, prediction, errors)
  }
}

/// The images of a run that are shown, with what their colours mean.
package struct ReportPredictions: Sendable, Hashable {
  package var run: String
  /// The epoch of the evaluation, as text.
  package var epoch: String
  /// The worst first.
  package var images: [ReportPrediction]
  /// How many there are of which these are the worst.
  package var recorded: Int
  package var classes: [ClassColour]
  /// The same images in other evaluations.
  package var course = PredictionCourse(steps: [])

  package struct ClassColour: Sendable, Hashable {
    package var name: String
    package var colour: PlotColour

    package init(_ name: String, _ colour: PlotColour) { (self.name, self.colour) = (name, colour) }
  }

  package init(
    run: String, epoch: String, images: [ReportPrediction], recorded: Int, classes: [ClassColour]
  ) {
    (self.run, self.epoch, self.images) = (run, epoch, images)
    (self.recorded, self.classes) = (recorded, classes)
  }
}
