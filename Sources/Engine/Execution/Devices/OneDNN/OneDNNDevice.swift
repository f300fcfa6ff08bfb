internal import COneDNN
package import Groundwork
package import Networks

/// oneDNN (oneAPI Deep Neural Network Library): convolutions generated for the processor at hand,
/// on blocked layouts that stay blocked from operation to operation. What is bound by memory and
/// not by arithmetic runs in the kernels that devices of the host share.
package struct OneDNNDevice: HostDevice {
  package let name = "onednn"

  /// The precision of activations.
  package let precision: Precision
  private let context: OneDNNContext
  /// The number of channels that lie together: the width of the processor's vectors.
  private let block: Int

  /// - Parameters:
  ///   - precision: the precision of activations. oneDNN emulates `bf16` where
  ///     ``hasBF16`` is false.
  ///   - algorithms: chooses the algorithms of the convolutions.
  ///   - isPortable: results do not depend on the number of threads: weight gradients, the only
  ///     sums that oneDNN divides among threads, are added up in fixed shards of the batch.
  package init(
    precision: Precision = .f32,
    algorithms: AlgorithmSelection = AlgorithmSelection(.unmeasured),
    isPortable: Bool = false
  ) throws(DeviceError) {
    self.precision = precision
    context = try OneDNNContext(algorithms: algorithms, isPortable: isPortable)
    let isa = dnnl_get_effective_cpu_isa().rawValue
    block =
      if isa & dnnl_cpu_isa_avx512_core.rawValue == dnnl_cpu_isa_avx512_core.rawValue {
        16
      } else if isa & dnnl_cpu_isa_sse41.rawValue == dnnl_cpu_isa_sse41.rawValue {
        8
      } else {
        1
      }
  }

  package var choices: [String: String] { context.algorithms.choices.mapValues(\.rawValue) }

  package func layout(for shape: Shape) -> TensorLayout {
    TensorLayout(shape, block: block, precision: precision)
  }

  /// The pass that adds a transposed convolution's bias also moves its output to where it belongs.
  package func stridedViews(of operation: Operation) -> StridedViews {
    if case .transposedConvolution = operation { return StridedViews(outputs: true) }
    return SharedKernels.stridedViews(of: operation)
  }

  package func makeHostKernel(for request: KernelRequest) throws -> any HostKernel {
    switch request.operation {
    case .convolution(let convolution) where !DepthwiseKernel.serves(request):
      return try OneDNNConvolutionKernel(context, convolution, request)
    case .transposedConvolution(let convolution):
      return try OneDNNTransposedConvolutionKernel(context, convolution, request)
    default:
      guard let kernel = try SharedKernels.make(request, on: self) else {
        throw DeviceError("no kernel for \(request.operation) with a fused \(request.activation)")
      }
      return kernel
    }
  }

  /// `2.6.0`, with the commit that it was built from.
  package static var version: String {
    guard let version = dnnl_version()?.pointee else { return "unknown" }
    return "\(version.major).\(version.minor).\(version.patch)"
  }

  /// True where the processor multiplies `bf16` itself.
  package static var hasBF16: Bool {
    let isa = dnnl_get_effective_cpu_isa().rawValue
    let needed = dnnl_cpu_isa_avx512_core_bf16.rawValue
    return isa & needed == needed
  }

  /// True where the processor multiplies matrices of `bf16` in tiles.
  static var hasTiles: Bool {
    let isa = dnnl_get_effective_cpu_isa().rawValue
    return isa & dnnl_cpu_isa_avx512_core_amx.rawValue == dnnl_cpu_isa_avx512_core_amx.rawValue
  }

  /// The instruction set that primitives are generated for, e.g. `avx512_core_bf16`.
  package static var instructionSet: String {
    let names: [(dnnl_cpu_isa_t, String)] = [
      (dnnl_cpu_isa_avx512_core_amx, "avx512_core_amx"),
      (dnnl_cpu_isa_avx512_core_bf16, "avx512_core_bf16"),
      (dnnl_cpu_isa_avx512_core_vnni, "avx512_core_vnni"),
      (dnnl_cpu_isa_avx512_core, "avx512_core"),
      (dnnl_cpu_isa_avx512_mic, "avx512_mic"),
      (dnnl_cpu_isa_avx2_vnni, "avx2_vnni"),
      (dnnl_cpu_isa_avx2, "avx2"),
      (dnnl_cpu_isa_avx, "avx"),
      (dnnl_cpu_isa_sse41, "sse41"),
    ]
    let isa = dnnl_get_effective_cpu_isa()
    return names.first { $0.0 == isa }?.1 ?? "isa \(isa.rawValue)"
  }
}

extension DeviceKind {
  package static let onednn = DeviceKind(
    name: "onednn", precisions: [.f32, .bf16],
    libraries: [("oneDNN", OneDNNDevice.version)], instructionSet: OneDNNDevice.instructionSet,
    peakFlopsPerSecond: OneDNNDevice.peakFlopsPerSecond
  ) { computation, measures throws(DeviceError) in
    if computation.precision == .bf16, !computation.emulatesPrecision, !OneDNNDevice.hasBF16 {
      throw DeviceError(
        "training.precision is bf16, but this processor has no instructions for it "
          + "(oneDNN uses \(OneDNNDevice.instructionSet)): leave precision out, or add "
          + "training.emulate: true to compute the same slowly")
    }
    return try OneDNNDevice(
      precision: computation.precision,
      algorithms: AlgorithmSelection(computation, measures: measures),
      isPortable: computation.determinism == .portable)
  }
}
