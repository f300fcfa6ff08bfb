package import Groundwork

extension Registry where Member == any Template.Type {
  /// The templates that a spec can name.
  package static var templates: Registry { templatesList }
}

private let templatesList = Registry<any Template.Type>(
  kind: "template",
  [
    UNet.self,
    UNetSmall.self,
    AttentionUNet.self,
    UNetPlusPlus.self,
    ResidualUNet.self,
    FCDenseNet56.self,
    FCDenseNet67.self,
    FCDenseNet103.self,
    SegNet.self,
    SegNetBasic.self,
    ENet.self,
    FCN32s.self,
    FCN16s.self,
    FCN8s.self,
    PSPNetVGG16.self,
    PSPNet50.self,
    PSPNet101.self,
    DeepLabVGG16.self,
    DeepLabV3.self,
    DeepLabV3Plus.self,
    KSAC.self,
    FastFCN.self,
    GCN.self,
    GatedSCNN.self,
    SENet.self,
    SENet154Segmentation.self,
    LinkNet.self,
    ALBU.self,
    DMPP.self,
    FPN.self,
    UNet3D.self,
    VNet.self,
    ResidualUNet3D.self,
    Sensor3D.self,
    MaskRCNN.self,
    PointNet.self,
    PointNetSemantic.self,
  ]
) { $0 }

/// A network architecture with its few numbers.
package protocol Template: Component {
  /// The spatial axes of its input: 2 for images, 3 for patches of volumes.
  static var spatialRank: Int { get }
  /// True where the head `logits` is objects that the network finds itself, drawn as ``InstancePlanes`` has them.
  static var findsObjects: Bool { get }
  /// True where its input is points, C × 1 × N, whose order says nothing, rather than an image.
  static var readsPoints: Bool { get }
  /// Height and width of an input must be multiples of this.
  var sizeMultiple: Int { get }
  /// The extent itself where the template takes it, else the next larger one that it takes.
  func fittingExtent(for extent: SpatialExtent) -> SpatialExtent
  /// - Throws: ``ComponentError`` where the template cannot be built for such an input.
  func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network
}

extension Template {
  package static var spatialRank: Int { 2 }
  package static var findsObjects: Bool { false }
  package static var readsPoints: Bool { false }

  package func fittingExtent(for extent: SpatialExtent) -> SpatialExtent {
    extent.roundedUp(to: extent.map { _ in sizeMultiple })
  }

  /// The size itself where it divides, else the next larger one that does.
  package func fittingSize(for size: Size) -> Size {
    let fitting = SpatialExtent(size).roundedUp(to: [sizeMultiple, sizeMultiple])
    return Size(height: fitting.height, width: fitting.width)
  }

  /// - Throws: ``ComponentError`` where the input is of another spatial rank, or one that names the
  ///   next extent which fits.
  func checkSize(_ input: NetworkInput) throws(ComponentError) {
    guard input.extent.rank == Self.spatialRank else {
      throw ComponentError(
        Self.spatialRank == 2
          ? "input \(input.extent) is not an image: \(Self.name) is two-dimensional"
          : "input \(input.extent) is not a volume: \(Self.name) is three-dimensional and takes "
            + "data.patches of three numbers, such as size: [16, 128, 128]")
    }
    let fitting = fittingExtent(for: input.extent)
    guard input.extent == fitting else {
      let multiple = fittingExtent(for: input.extent.map { _ in 1 })
      let isCube = multiple.extents.allSatisfy { $0 == multiple.width }
      throw ComponentError(
        "input \(input.extent) is not divisible by "
          + (isCube ? "\(multiple.width)" : "\(multiple)") + ": use \(fitting)")
    }
  }

  /// - Throws: ``ComponentError`` as ``checkSize(_:)``, and where a side is smaller than the network
  ///   can halve.
  func checkSize(_ input: NetworkInput, atLeast side: Int) throws(ComponentError) {
    try checkSize(input)
    let fitting = input.extent.map { max(side, $0) }
    guard input.extent == fitting else {
      throw ComponentError("input \(input.extent) is too small: use at least \(fitting)")
    }
  }
}

extension SpatialExtent {
  /// The next multiple along every axis.
  func roundedUp(to multiple: SpatialExtent) -> SpatialExtent {
    SpatialExtent(rank: rank) { axis in
      (self[axis] + multiple[axis] - 1) / multiple[axis] * multiple[axis]
    }
  }
}
