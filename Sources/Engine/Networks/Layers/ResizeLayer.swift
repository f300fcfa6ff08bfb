internal import Groundwork

/// ``Resize``.
struct ResizeLayer: Layer {
  static let name = "resize"
  static let about = "Interpolates the map at another extent."
  static let definition =
    "At most one of like, scale and size is written; without them the extent is that of the image. A map "
    + "that has it already stays as it is."
  static let example = "- resize: {like: input}"

  private static let like = LayerFields.like.optional
  private static let scale = Field.number(
    "scale", Bounds(1.0 / 64...64), "What height and width are multiplied by, rounded down."
  ).optional
  private static let size = LayerFields.size.optional
  private static let interpolation = Field.name(
    "interpolation", default: "linear", oneOf: ["linear", "nearest"],
    "Between the four neighbours, or the value of one.")
  private static let alignsCorners = Field.boolean(
    "align_corners", default: false, "Lays the centres of the corner pixels on each other.")
  static let fields = [
    like.declaration, scale.declaration, size.declaration, interpolation.declaration,
    alignsCorners.declaration,
  ]

  private enum Target {
    case like(String)
    case scale(Double)
    case size(Size)
  }

  private let target: Target
  let interpolation: Resize.Interpolation
  let alignsCorners: Bool

  init(_ values: FieldValues) throws(ComponentError) {
    let targets: [Target] = [
      values[Self.like].map { .like($0) }, values[Self.scale].map { .scale($0) },
      values[Self.size].map { .size($0) },
    ].compactMap(\.self)
    guard targets.count <= 1 else {
      throw ComponentError("like, scale and size exclude each other: leave all but one out")
    }
    target = targets.first ?? .like(LayerChain.input)
    interpolation = values[Self.interpolation] == "nearest" ? .nearest : .linear
    alignsCorners = values[Self.alignsCorners]
  }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    let goal = goal(in: chain)
    let resize = Resize(target: goal, interpolation: interpolation, alignsCorners: alignsCorners)
    let output = resize.outputs(for: [chain.shape])[0]
    guard output.extent.extents.allSatisfy({ $0 > 0 }) else {
      throw ComponentError(
        field: Self.scale.declaration.name,
        "nothing is left of \(chain.shape): use a larger scale")
    }
    if output == chain.shape { return }
    try chain.append(name, .resize(resize))
  }

  private func goal(in chain: LayerChain) -> Resize.Target {
    switch target {
    case .like(let name): .extent(chain.shape(of: name).extent)
    case .scale(let scale):
      .scale(Array(repeating: scale, count: chain.shape.extent.rank))
    case .size(let size): .extent(SpatialExtent(size))
    }
  }
}
