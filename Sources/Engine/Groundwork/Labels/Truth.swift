/// What the planes of a truth hold: losses, metrics and augmentations say which they can read.
package struct TruthForm: Sendable, Hashable {
  /// What a component needs that reads it, as a message says it: "one class a pixel".
  package let name: String

  package init(_ name: String) { self.name = name }

  /// One plane of class ids.
  package static let classes = TruthForm("one class a pixel")
  /// A plane for each class, 1 where the pixel is of it and 0 where it is not.
  package static let binaryPlanes = TruthForm("a plane for each class")
}

/// What is trained on and judged: labels `[P, H, W]` of each sample, as a task has them for the classes
/// of a data set.
package struct Truth: Sendable, Hashable {
  /// The name of the task.
  package let task: String
  package let form: TruthForm
  /// K.
  package let classes: Int
  /// How many classes there may be.
  package let classBounds: ClosedRange<Int>
  /// P.
  package let planes: Int
  /// True where labels are of points, whose neighbors in memory are none in space.
  package let isOfPoints: Bool

  package init(
    task: String, form: TruthForm, classes: Int, classBounds: ClosedRange<Int>, planes: Int,
    isOfPoints: Bool = false
  ) {
    self.isOfPoints = isOfPoints
    (self.task, self.form, self.classes) = (task, form, classes)
    (self.classBounds, self.planes) = (classBounds, planes)
  }

  /// - Parameter needsNeighbors: whether a component looks at what lies around a pixel.
  /// - Throws: ``ComponentError`` where nothing does.
  package func require(
    neighbors needsNeighbors: Bool, remedy: String
  ) throws(ComponentError) {
    guard needsNeighbors, isOfPoints else { return }
    throw ComponentError("looks at neighboring pixels, but the task is \(task): \(remedy)")
  }

  /// One class a pixel.
  package init(classes: Int) {
    self.init(
      task: "semantic", form: .classes, classes: classes, classBounds: 2...Labels.maximumClasses,
      planes: 1)
  }
}

extension TruthForm {
  /// - Parameters:
  ///   - forms: what a component can read.
  ///   - task: whose truth has this form.
  ///   - remedy: what to do instead; `nil` where nothing is known.
  /// - Throws: ``ComponentError`` where this form is none of them.
  package func require(
    _ forms: [TruthForm], task: String, field: String? = nil, remedy: String?
  ) throws(ComponentError) {
    guard !forms.contains(self) else { return }
    let needed = forms.map(\.name).joined(separator: " or ")
    throw ComponentError(
      field: field, "needs \(needed), but the task is \(task)" + (remedy.map { ": \($0)" } ?? ""))
  }
}
