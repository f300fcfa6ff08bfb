internal import CKernels
internal import COneDNN
package import Groundwork

extension OneDNNDevice {
  /// The most FLOPs a second that the processor can do: those of `threads` threads in a large product
  /// of matrices, the densest work that there is; the best of several products of matrices of
  /// 1536 × 1536.
  ///
  /// - Throws: ``DeviceError`` where oneDNN has no product of that precision.
  @Sendable package static func peakFlopsPerSecond(
    _ precision: Precision, threads: Int
  ) throws(DeviceError) -> Double {
    ck_set_library_threads(Int32(threads))
    let size = 1536
    let context = try OneDNNContext(
      algorithms: AlgorithmSelection(.always(.direct)), isPortable: false)
    let matrix = try MemoryDescription.make([size, size], dnnl_ab)
    var (left, right, result) = (
      matrix.of(precision), matrix.of(precision).anyLayout(), matrix
    )
    var descriptor = dnnl_matmul_desc_t()
    try check(
      dnnl_matmul_desc_init(&descriptor, &left, &right, nil, &result), "describe a product")
    let product = try OneDNNPrimitive(context, operation: &descriptor)
    let call = OneDNNCall(
      context, product,
      [DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST].map {
        OneDNNOperand(argument: $0, kept: product.wanted($0), isOutput: $0 == DNNL_ARG_DST)
      })
    let seconds = (0..<3).map { _ in call.seconds }.min()!
    return 2 * Double(size * size * size) / seconds
  }
}
