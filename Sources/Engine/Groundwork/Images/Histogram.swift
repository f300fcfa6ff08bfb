internal import CKernels

/// How often each of the 256 values occurs.
package func histogram(of bytes: [UInt8]) -> [UInt64] {
  var counts = [UInt64](repeating: 0, count: 256)
  ck_histogram(bytes, bytes.count, 1, &counts)
  return counts
}
