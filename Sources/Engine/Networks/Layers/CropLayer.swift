internal import Groundwork

/// ``Crop`` of the middle.
struct CropLayer: Layer {
  static let name = "crop"
  static let about = "Cuts the middle out of the map."
  static let definition =
    "At most one of like and size is written; without them the extent is that of the image. What is cut off is halved; where it is odd, the smaller part lies "
    + "above and to the left."
  static let example = "- crop: {like: skip}"

  private static let like = LayerFields.like.optional
  private static let size = LayerFields.size.optional
  static let fields = [like.declaration, size.declaration]

  let like: String?
  let size: Size?

  init(_ values: FieldValues) throws(ComponentError) {
    (like, size) = (values[Self.like], values[Self.size])
    guard like == nil || size == nil else {
      throw ComponentError("like and size exclude each other: leave one of them out")
    }
  }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let whole = chain.shape.extent
    let extent =
      size.map { SpatialExtent($0) } ?? chain.shape(of: like ?? LayerChain.input).extent
    guard (0..<whole.rank).allSatisfy({ extent[$0] <= whole[$0] }) else {
      throw ComponentError(
        field: (size == nil ? Self.like.declaration : Self.size.declaration).name,
        "\(chain.shape) is smaller than \(extent): use resize in place of crop")
    }
    guard extent != whole else { return }
    let offset = SpatialExtent(rank: whole.rank) { (whole[$0] - extent[$0]) / 2 }
    try chain.append(name, .crop(Crop(offset: offset, extent: extent)))
  }
}
