internal import COpenBLAS
package import Groundwork
package import Networks

/// The portable backend: plain NCHW layouts, convolutions as products of matrices of columns
/// (Chellapilla, Puri & Simard, "High Performance Convolutional Neural Networks for Document
/// Processing", 2006) by OpenBLAS's `sgemm`, everything else by the shared kernels. It covers every
/// operation, and is what faster backends are checked against.
///
/// Results do not depend on the number of threads: OpenBLAS itself is kept to one, and the threads
/// of the engine share out products whose sizes and order are fixed.
package struct OpenBLASBackend: Backend {
  package static let name = "openblas"

  package init() { _ = Self.singleThreaded }

  private static let singleThreaded: Void = openblas_set_num_threads(1)

  package func layout(for shape: Shape) -> TensorLayout { TensorLayout(shape, block: 1) }

  package func mayLieWithinWider(_ operation: Operation) -> WideTensors {
    SharedKernels.mayLieWithinWider(operation)
  }

  package func makeKernel(for request: KernelRequest) throws -> any Kernel {
    switch (request.operation, request.activation) {
    case (.convolution(let operation), .none), (.convolution(let operation), .relu):
      return OpenBLASConvolution(operation, request)
    case (.transposedConvolution(let operation), .none),
      (.transposedConvolution(let operation), .relu):
      return OpenBLASTransposedConvolution(operation, request)
    default:
      guard let kernel = SharedKernels.make(request) else {
        throw BackendError("no kernel for \(request.operation) with a fused \(request.activation)")
      }
      return kernel
    }
  }
}
