internal import CKernels
package import Groundwork
package import Networks

/// A device that computes in the memory of the host with kernels that are given addresses. Such
/// devices share the memory, the kernels of ``SharedKernels`` and everything that is said here.
package protocol HostDevice: Device {
  /// A kernel for an operation, with no batch norm folded into it.
  func makeHostKernel(for request: KernelRequest) throws -> any HostKernel
}

extension HostDevice {
  package func allocate(bytes: Int) -> any DeviceMemory { HostBuffer(bytes: bytes) }

  package func clear(_ place: DevicePlace, bytes: Int, threads: Int) {
    ck_fill(
      place.address.assumingMemoryBound(to: Float.self), bytes / MemoryLayout<Float>.stride, 0,
      Int32(threads))
  }

  package func begin(threads: Int) { ck_set_library_threads(Int32(threads)) }

  package func makeKernel(for request: KernelRequest) throws -> any Kernel {
    guard let norm = request.foldedNorm else { return try makeHostKernel(for: request) }
    var convolution = request
    convolution.foldedNorm = nil
    return try FoldedNormKernel(norm, convolution, device: self)
  }

  /// ReLU behind convolutions, every activation behind batch norm.
  package func fuses(_ activation: Activation, into operation: Operation) -> Bool {
    switch operation {
    case .batchNorm: true
    case .convolution, .transposedConvolution: activation == .relu
    default: false
    }
  }

  package func foldsNorm(into operation: Operation) -> Bool { operation.isConvolution }
}

/// Memory whose bytes kernels on the host can address while they run.
package protocol HostMemory: DeviceMemory {
  var start: UnsafeMutableRawPointer { get }
}

extension HostBuffer: HostMemory {
  package var shared: UnsafeMutableRawPointer? { start }

  package func upload(_ source: UnsafeRawPointer, bytes: Int, to offset: Int) {
    (start + offset).copyMemory(from: source, byteCount: bytes)
  }

  package func download(_ target: UnsafeMutableRawPointer, bytes: Int, from offset: Int) {
    target.copyMemory(from: start + offset, byteCount: bytes)
  }

  package func copy(_ source: any DeviceMemory, bytes: Int) {
    source.download(start, bytes: bytes, from: 0)
  }
}

extension DevicePlace {
  /// The address for a kernel on the host.
  package var address: UnsafeMutableRawPointer {
    guard let memory = memory as? any HostMemory else {
      preconditionFailure("a kernel on the host was given memory that has no address there")
    }
    return memory.start + offset
  }
}
