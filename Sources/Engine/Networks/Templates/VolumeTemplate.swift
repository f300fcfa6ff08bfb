package import Groundwork

/// A network for patches of volumes, D × H × W.
package protocol VolumeTemplate: Template {
  /// What depth, height and width of an input must be multiples of.
  var extentMultiple: SpatialExtent { get }
}

extension VolumeTemplate {
  package static var spatialRank: Int { 3 }

  package var sizeMultiple: Int { extentMultiple.width }

  package func fittingExtent(for extent: SpatialExtent) -> SpatialExtent {
    extent.roundedUp(to: extentMultiple)
  }
}
