/// The tasks that a spec can name.
package enum SegmentationTasks {
  package static let all: [any SegmentationTask] = [SemanticTask(), MultilabelTask()]

  package static var names: [String] { all.map(\.name) }

  package static func find(_ name: String) -> (any SegmentationTask)? {
    all.first { $0.name == name }
  }
}
