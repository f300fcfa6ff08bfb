internal import COneDNN
internal import Groundwork

/// A convolution from a wide to a narrow feature map, in oneDNN's terms, and the three primitives
/// that belong to it.
///
/// A transposed convolution is the same seen from the other side: its forward pass is the
/// convolution's data gradient and the reverse, and its weights `[inputs, outputs, …]` are the
/// convolution's `[outputs, inputs, …]`. oneDNN has a transposed convolution of its own, but its
/// forward pass takes up to eight times as long (2.6, AVX-512, 2×2 at a stride of 2).
///
/// What a primitive reads is of the working precision, which is `bf16` as soon as one of the maps
/// is; what it writes is as the map is kept.
struct ConvolutionGeometry {
  /// The convolution's input and output as they are kept.
  let wide: MemoryDescription
  let narrow: MemoryDescription
  /// The weight as the parameter lies: `[narrow channels, wide channels, …kernel]`, `f32`; of several
  /// groups, those of each group behind an axis of groups.
  let weight: MemoryDescription
  /// The bias, `[narrow channels]`; `nil` where the primitives do not deal with one.
  let bias: MemoryDescription?
  /// The precision of what the primitives read: `bf16` where either map is kept so, else `f32`.
  let working: Precision
  let wideLayout: TensorLayout
  let narrowLayout: TensorLayout
  let kernel: SpatialExtent
  /// The stride along each axis of the kernel. `dilations` and `padding` are given alike.
  let strides: [dnnl_dim_t]
  let dilations: [dnnl_dim_t]
  let padding: [dnnl_dim_t]
  let paddingAfter: [dnnl_dim_t]
  let groups: Int

  /// - Parameter paddingAfter: the padding on all sides if `nil`.
  init(
    wide: TensorLayout, narrow: TensorLayout, kernel: SpatialExtent, stride: SpatialExtent,
    padding: SpatialExtent, paddingAfter: SpatialExtent? = nil, dilation: SpatialExtent,
    groups: Int = 1, hasBias: Bool
  ) throws(DeviceError) {
    wideLayout = wide
    narrowLayout = narrow
    working = wide.precision == .bf16 || narrow.precision == .bf16 ? .bf16 : .f32
    self.kernel = kernel
    self.wide = try MemoryDescription(wide)
    self.narrow = try MemoryDescription(narrow)
    let (outputs, inputs) = (narrow.shape.channels, wide.shape.channels)
    weight = try MemoryDescription(weight: outputs, inputs, kernel, groups: groups)
    bias = hasBias ? try MemoryDescription.make([outputs], dnnl_a) : nil
    strides = stride.dimensions
    // oneDNN counts the rows that are skipped.
    dilations = dilation.dimensions.map { $0 - 1 }
    self.padding = padding.dimensions
    self.paddingAfter = (paddingAfter ?? padding).dimensions
    self.groups = groups
  }

  /// The same for fewer samples, with the bias left to others.
  func withoutBias(batch: Int) throws(DeviceError) -> ConvolutionGeometry {
    func resized(_ layout: TensorLayout) -> TensorLayout {
      var layout = layout
      layout.shape.batch = batch
      return layout
    }
    return try ConvolutionGeometry(
      wide: resized(wideLayout), narrow: resized(narrowLayout), kernel: kernel,
      stride: SpatialExtent(dimensions: strides), padding: SpatialExtent(dimensions: padding),
      paddingAfter: SpatialExtent(dimensions: paddingAfter),
      dilation: SpatialExtent(dimensions: dilations.map { $0 + 1 }), groups: groups,
      hasBias: false)
  }

  /// One of the three primitives.
  enum Direction {
    /// From wide to narrow. Operands: wide, narrow, weights, bias.
    case forward(appendsReLU: Bool)
    /// From narrow to wide. Operands: narrow, wide, weights.
    case dataGradient(OneDNNPrimitive)
    /// Operands: wide, narrow, and those that are written, weights and bias.
    case weightGradient(OneDNNPrimitive)
  }

  /// What a direction reads and writes, as it is kept.
  func operands(of direction: Direction) -> [OneDNNOperand] {
    func bias(_ argument: Int32, isOutput: Bool) -> [OneDNNOperand] {
      self.bias.map { [OneDNNOperand(argument: argument, kept: $0, isOutput: isOutput)] } ?? []
    }
    return switch direction {
    case .forward:
      [
        OneDNNOperand(argument: DNNL_ARG_SRC, kept: wide),
        OneDNNOperand(argument: DNNL_ARG_DST, kept: narrow, isOutput: true),
        OneDNNOperand(argument: DNNL_ARG_WEIGHTS, kept: weight),
      ] + bias(DNNL_ARG_BIAS, isOutput: false)
    case .dataGradient:
      [
        OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: narrow),
        OneDNNOperand(argument: DNNL_ARG_DIFF_SRC, kept: wide, isOutput: true),
        OneDNNOperand(argument: DNNL_ARG_WEIGHTS, kept: weight),
      ]
    case .weightGradient:
      [
        OneDNNOperand(argument: DNNL_ARG_SRC, kept: wide),
        OneDNNOperand(argument: DNNL_ARG_DIFF_DST, kept: narrow),
        OneDNNOperand(argument: DNNL_ARG_DIFF_WEIGHTS, kept: weight, isOutput: true),
      ] + bias(DNNL_ARG_DIFF_BIAS, isOutput: true)
    }
  }
}

extension ConvolutionGeometry: CustomStringConvertible {
  /// `4×64×128×128 → 32, 3×3`: what can be chosen for.
  var description: String {
    func text(_ name: String, _ extents: [dnnl_dim_t], unless usual: dnnl_dim_t) -> String {
      guard extents.contains(where: { $0 != usual }) else { return "" }
      return ", \(name) \(extents.map(String.init).joined(separator: "×"))"
    }
    return "\(wideLayout.shape) → \(narrowLayout.shape.channels), \(kernel)"
      + (groups == 1 ? "" : ", groups \(groups)")
      + text("padding", padding, unless: 1)
      + (paddingAfter == padding ? "" : text("padding after", paddingAfter, unless: -1))
      + text("stride", strides, unless: 1)
      + text("dilation", dilations.map { $0 + 1 }, unless: 1)
      + (working == .f32 ? "" : ", \(working.rawValue)")
  }
}

extension SpatialExtent {
  fileprivate init(dimensions: [dnnl_dim_t]) { self.init(dimensions.map { Int($0) }) }

  fileprivate var dimensions: [dnnl_dim_t] { extents.map { dnnl_dim_t($0) } }
}
