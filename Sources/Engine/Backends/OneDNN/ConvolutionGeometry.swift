internal import COneDNN

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
  /// As the parameter lies: `[narrow channels, wide channels, height, width]`, `f32`.
  let weight: MemoryDescription
  /// `[narrow channels]`, where the primitives are to deal with it.
  let bias: MemoryDescription?
  private let working: Precision
  private let wideLayout: TensorLayout
  private let narrowLayout: TensorLayout
  private let kernel: Size
  private let strides: [dnnl_dim_t]
  private let dilations: [dnnl_dim_t]
  private let padding: [dnnl_dim_t]

  init(
    wide: TensorLayout, narrow: TensorLayout, kernel: Size, stride: Size, padding: Size,
    dilation: Size, hasBias: Bool
  ) throws(BackendError) {
    wideLayout = wide
    narrowLayout = narrow
    working = wide.precision == .bf16 || narrow.precision == .bf16 ? .bf16 : .f32
    self.kernel = kernel
    self.wide = try MemoryDescription(wide)
    self.narrow = try MemoryDescription(narrow)
    let (outputs, inputs) = (narrow.shape.channels, wide.shape.channels)
    weight = try MemoryDescription.make([outputs, inputs, kernel.height, kernel.width], dnnl_abcd)
    bias = hasBias ? try MemoryDescription.make([outputs], dnnl_a) : nil
    strides = stride.extents
    // oneDNN counts the rows that are skipped.
    dilations = dilation.extents.map { $0 - 1 }
    self.padding = padding.extents
  }

  /// The same for fewer samples, with the bias left to others.
  func withoutBias(batch: Int) throws(BackendError) -> ConvolutionGeometry {
    func resized(_ layout: TensorLayout) -> TensorLayout {
      var layout = layout
      layout.shape.batch = batch
      return layout
    }
    return try ConvolutionGeometry(
      wide: resized(wideLayout), narrow: resized(narrowLayout), kernel: kernel, strides: strides,
      padding: padding, dilations: dilations)
  }

  private init(
    wide: TensorLayout, narrow: TensorLayout, kernel: Size, strides: [dnnl_dim_t],
    padding: [dnnl_dim_t], dilations: [dnnl_dim_t]
  ) throws(BackendError) {
    try self.init(
      wide: wide, narrow: narrow, kernel: kernel,
      stride: Size(height: Int(strides[0]), width: Int(strides[1])),
      padding: Size(height: Int(padding[0]), width: Int(padding[1])),
      dilation: Size(height: Int(dilations[0]) + 1, width: Int(dilations[1]) + 1), hasBias: false)
  }

  /// One of the three primitives.
  enum Direction {
    /// From wide to narrow. Arguments: SRC wide, WEIGHTS, BIAS, DST narrow.
    case forward(appendsReLU: Bool)
    /// From narrow to wide. Arguments: DIFF_DST narrow, WEIGHTS, DIFF_SRC wide.
    case dataGradient(OneDNNPrimitive)
    /// Arguments: SRC wide, DIFF_DST narrow, DIFF_WEIGHTS, DIFF_BIAS.
    case weightGradient(OneDNNPrimitive)
  }

  /// Makes the primitive with the algorithm that is chosen.
  ///
  /// - Parameter scratchLimit: bytes of scratch memory that a faster one may take.
  func primitive(
    _ direction: Direction, _ context: OneDNNContext, threads: Int, scratchLimit: Int
  ) throws(BackendError) -> OneDNNPrimitive {
    let direct = try preferringKeptLayouts { (wide, narrow) throws(BackendError) in
      try make(direction, dnnl_convolution_direct, wide: wide, narrow: narrow, context)
    }
    guard mayUseWinograd, let winograd = try? winograd(direction, context),
      winograd.scratchBytes <= scratchLimit
    else { return direct }
    let choice = context.algorithms.choose(
      for: "\(direction.name) \(description), \(threads) threads", operations: operations,
      among: [.direct, .winograd]
    ) { ($0 == .winograd ? winograd : direct).seconds(context) }
    return choice == .winograd ? winograd : direct
  }

  private var operations: Int {
    2 * narrowLayout.shape.count * wideLayout.shape.channels * kernel.height * kernel.width
  }

  /// oneDNN has it in `f32` alone.
  private var mayUseWinograd: Bool {
    working == .f32 && kernel == Size(square: 3) && strides == [1, 1] && dilations == [0, 0]
  }

  private func winograd(
    _ direction: Direction, _ context: OneDNNContext
  ) throws(BackendError) -> OneDNNPrimitive {
    try make(direction, dnnl_convolution_winograd, wide: wide, narrow: narrow, context)
  }

  private func make(
    _ direction: Direction, _ algorithm: dnnl_alg_kind_t, wide: MemoryDescription,
    narrow: MemoryDescription, _ context: OneDNNContext
  ) throws(BackendError) -> OneDNNPrimitive {
    var descriptor = dnnl_convolution_desc_t()
    switch direction {
    case .forward(let appendsReLU):
      var (wide, narrow, weight) = (wide.of(working), narrow, anyWeight(working))
      let status = withOptionalPointer(to: bias) { bias in
        dnnl_dilated_convolution_forward_desc_init(
          &descriptor, dnnl_forward_training, algorithm, &wide, &weight, bias, &narrow, strides,
          dilations, padding, padding)
      }
      try check(status, "describe a convolution")
      return try OneDNNPrimitive(context, operation: &descriptor, appendsReLU: appendsReLU)
    case .dataGradient(let forward):
      var (wide, narrow, weight) = (wide, narrow.of(working), anyWeight(working))
      try check(
        dnnl_dilated_convolution_backward_data_desc_init(
          &descriptor, algorithm, &wide, &weight, &narrow, strides, dilations, padding, padding),
        "describe a convolution's data gradient")
      return try OneDNNPrimitive(context, operation: &descriptor, hint: forward)
    case .weightGradient(let forward):
      var (wide, narrow, weight) = (wide.of(working), narrow.of(working), anyWeight(.f32))
      let status = withOptionalPointer(to: bias) { bias in
        dnnl_dilated_convolution_backward_weights_desc_init(
          &descriptor, algorithm, &wide, &weight, bias, &narrow, strides, dilations, padding,
          padding)
      }
      try check(status, "describe a convolution's weight gradient")
      return try OneDNNPrimitive(context, operation: &descriptor, hint: forward)
    }
  }

  private func anyWeight(_ precision: Precision) -> MemoryDescription {
    weight.of(precision).anyLayout()
  }

  /// Makes a primitive for the plan's layouts; where oneDNN has only its reference loops for
  /// them, for layouts of its own choice, which cost a reorder but run many times faster.
  private func preferringKeptLayouts(
    _ make: (MemoryDescription, MemoryDescription) throws(BackendError) -> OneDNNPrimitive
  ) throws(BackendError) -> OneDNNPrimitive {
    let kept: OneDNNPrimitive
    do throws(BackendError) {
      kept = try make(wide, narrow)
    } catch {
      return try make(wide.anyLayout(), narrow.anyLayout())
    }
    guard kept.isReference else { return kept }
    let chosen = try make(wide.anyLayout(), narrow.anyLayout())
    return chosen.isReference ? kept : chosen
  }
}

extension ConvolutionGeometry: CustomStringConvertible {
  /// `4×64×128×128 → 32, 3×3`: what can be chosen for.
  var description: String {
    "\(wideLayout.shape) → \(narrowLayout.shape.channels), \(kernel)"
      + (padding == [1, 1] ? "" : ", padding \(padding[0])×\(padding[1])")
  }
}

extension ConvolutionGeometry.Direction {
  fileprivate var name: String {
    switch self {
    case .forward: "forward"
    case .dataGradient: "data gradient"
    case .weightGradient: "weight gradient"
    }
  }
}

extension Size {
  fileprivate var extents: [dnnl_dim_t] { [dnnl_dim_t(height), dnnl_dim_t(width)] }
}

/// A pointer to the value, or a null pointer where there is none.
private func withOptionalPointer<Value, Result>(
  to value: Value?, _ body: (UnsafePointer<Value>?) -> Result
) -> Result {
  guard let value else { return body(nil) }
  return withUnsafePointer(to: value) { body($0) }
}
