internal import COpenBLAS
package import Groundwork
package import Networks

/// The portable device: plain NCHW layouts, convolutions as products of matrices of columns
/// (Chellapilla, Puri & Simard, "High Performance Convolutional Neural Networks for Document
/// Processing", 2006) by OpenBLAS's `sgemm`, everything else by the shared kernels. It covers every
/// operation, and is what faster devices are checked against.
///
/// Results do not depend on the number of threads: OpenBLAS itself is kept to one, and the threads
/// of the engine share out products whose sizes and order are fixed.
package struct OpenBLASDevice: HostDevice {
  package let name = "openblas"

  package init() { _ = Self.singleThreaded }

  /// The library's version and how it was built.
  package static var version: String { String(cString: openblas_get_config()) }

  private static let singleThreaded: Void = openblas_set_num_threads(1)

  package func layout(for shape: Shape) -> TensorLayout { TensorLayout(shape, block: 1) }

  package func stridedViews(of operation: Operation) -> StridedViews {
    SharedKernels.stridedViews(of: operation)
  }

  package func makeHostKernel(for request: KernelRequest) throws -> any HostKernel {
    switch request.operation {
    case .convolution(let operation) where !DepthwiseKernel.serves(request):
      return OpenBLASConvolution(operation, request)
    case .transposedConvolution(let operation):
      return OpenBLASTransposedConvolution(operation, request)
    default:
      guard let kernel = try SharedKernels.make(request, on: self) else {
        throw DeviceError("no kernel for \(request.operation) with a fused \(request.activation)")
      }
      return kernel
    }
  }
}

extension DeviceKind {
  package static let openblas = DeviceKind(
    name: "openblas", precisions: [.f32],
    libraries: [("OpenBLAS", OpenBLASDevice.version)]
  ) { _, _ throws(DeviceError) in OpenBLASDevice() }
}
