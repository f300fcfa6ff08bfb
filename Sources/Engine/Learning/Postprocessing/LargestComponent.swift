package import Groundwork

/// Keeps one object of each class.
package struct LargestComponent: Postprocessing {
  package static let name = "largest_component"
  package static let about = "Keeps the largest object of each class, as organs are one."
  package static let definition =
    "An object is a set of 8-connected pixels of one class other than class 0; of equals the first stays, "
    + "from the top. What others leave becomes what most pixels beside them are of."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {postprocessing: [largest_component]}"

  package init(_ values: FieldValues) throws(ComponentError) {}

  package func apply(to predictions: inout ImageLabels) {
    for start in predictions.planes {
      let objects = predictions.objects(inPlaneAt: start)
      var largest: [Label: Int] = [:]
      for object in objects.numbers {
        let known = largest[objects.labels[object]]
        if known.map({ objects.pixels[$0] < objects.pixels[object] }) ?? true {
          largest[objects.labels[object]] = object
        }
      }
      let kept = Set(largest.values)
      predictions.remove(objects, inPlaneAt: start) { !kept.contains($0) }
    }
  }
}
