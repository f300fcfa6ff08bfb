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
    FPN.self,
  ]
) { $0 }

/// A network architecture with its few numbers.
package protocol Template: Component {
  /// Height and width of an input must be multiples of this.
  var sizeMultiple: Int { get }
  /// - Throws: ``ComponentError`` where the template cannot be built for such an input.
  func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network
}

extension Template {
  /// The size itself where it divides, else the next larger one that does.
  package func fittingSize(for size: Size) -> Size {
    func up(_ side: Int) -> Int { (side + sizeMultiple - 1) / sizeMultiple * sizeMultiple }
    return Size(height: up(size.height), width: up(size.width))
  }

  /// Every template so far is for images.
  ///
  /// - Throws: ``ComponentError`` where the input is not two-dimensional, or one that names the next
  ///   size which fits.
  func checkSize(_ input: NetworkInput) throws(ComponentError) {
    guard input.extent.rank == 2 else {
      throw ComponentError("input \(input.extent) is not an image: \(Self.name) is two-dimensional")
    }
    let fitting = fittingSize(for: input.size)
    guard input.size == fitting else {
      throw ComponentError(
        "input \(input.size) is not divisible by \(sizeMultiple): use \(fitting)")
    }
  }

  /// - Throws: ``ComponentError`` as ``checkSize(_:)``, and where a side is smaller than the network
  ///   can halve.
  func checkSize(_ input: NetworkInput, atLeast side: Int) throws(ComponentError) {
    try checkSize(input)
    let fitting = Size(
      height: max(side, input.size.height), width: max(side, input.size.width))
    guard input.size == fitting else {
      throw ComponentError("input \(input.size) is too small: use at least \(fitting)")
    }
  }
}
