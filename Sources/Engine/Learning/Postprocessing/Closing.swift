package import Groundwork

/// Morphological closing.
package struct Closing: Postprocessing {
  package static let name = "closing"
  package static let about = "Fills what is thinner than a disc: gaps, notches, small holes."
  package static let definition =
    "Each class other than class 0, in the order of their ids, is dilated and then eroded by a disc; it gains "
    + "pixels of class 0 alone. What lies beyond the image is taken for whatever leaves its pixels as they "
    + "are."
  package static let fields = [Disc.radius.declaration]
  package static let example = "evaluation: {postprocessing: [{closing: {radius: 2}}]}"

  let disc: Disc

  package init(_ values: FieldValues) throws(ComponentError) {
    disc = Disc(radius: values[Disc.radius])
  }

  package func apply(to predictions: inout ImageLabels) {
    let size = predictions.size
    predictions.changeClasses { isClass in
      disc.eroded(disc.dilated(isClass, size), size)
    } change: { before, after, label in
      !before && after ? nil : label
    }
  }
}
