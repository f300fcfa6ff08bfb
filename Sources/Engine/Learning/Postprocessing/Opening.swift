package import Groundwork

/// Morphological opening.
package struct Opening: Postprocessing {
  package static let name = "opening"
  package static let about = "Takes away what is thinner than a disc: bridges, spikes, specks."
  package static let definition =
    "Each class other than class 0 is eroded and then dilated by a disc; what is lost becomes class 0. What "
    + "lies beyond the image is taken for whatever leaves its pixels as they are."
  package static let fields = [Disc.radius.declaration]
  package static let example = "evaluation: {postprocessing: [{opening: {radius: 2}}]}"

  let disc: Disc

  package init(_ values: FieldValues) throws(ComponentError) {
    disc = Disc(radius: values[Disc.radius])
  }

  package func apply(to predictions: inout ImageLabels) {
    let size = predictions.size
    predictions.changeClasses { isClass in
      disc.dilated(disc.eroded(isClass, size), size)
    } change: { before, after, label in
      before && !after ? 0 : label
    }
  }
}
