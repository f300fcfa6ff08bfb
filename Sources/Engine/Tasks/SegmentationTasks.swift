package import Groundwork

extension Registry where Member == any SegmentationTask.Type {
  /// The tasks that a spec can name.
  package static var tasks: Registry { tasksList }
}

private let tasksList = Registry<any SegmentationTask.Type>(
  kind: "task", [SemanticTask.self, MultilabelTask.self, InstancesTask.self, PointsTask.self]
) { $0 }
