package import Groundwork

/// Takes objects of few pixels away.
package struct RemoveSmall: Postprocessing {
  package static let name = "remove_small"
  package static let about = "Takes objects of fewer pixels than an area away."
  package static let definition =
    "An object is a set of 8-connected pixels of one class other than class 0. What it leaves becomes what "
    + "most pixels beside it are of; where a pixel may be of several classes, none."
  package static let fields = [area.declaration]
  package static let example = "evaluation: {postprocessing: [{remove_small: {area: 64}}]}"

  static let area = Field.integer(
    "area", default: 64, 1...1_000_000_000, unit: "pixels", "The least area that stays.")

  let area: Int

  package init(_ values: FieldValues) throws(ComponentError) { area = values[Self.area] }

  package func apply(to predictions: inout ImageLabels) {
    for start in predictions.planes {
      let objects = predictions.objects(inPlaneAt: start)
      predictions.remove(objects, inPlaneAt: start) { objects.pixels[$0] < area }
    }
  }
}
