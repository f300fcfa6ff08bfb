package import Groundwork

extension TruthForm {
  /// Objects that are told apart: planes as ``InstancePlanes`` has them.
  package static let instances = TruthForm("an id for each object")
}
