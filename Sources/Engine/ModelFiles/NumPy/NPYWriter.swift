package import Foundation

/// A tensor as the bytes of a `.npy` file of NumPy, version 1.0 (NumPy Enhancement Proposal 1, 2007).
package enum NPYWriter {
  /// - Parameter values: in row-major order of the shape.
  package static func data(_ values: [Float], shape: [Int]) -> Data {
    precondition(values.count == shape.reduce(1, *), "\(values.count) values do not fill \(shape)")
    // A tuple of Python: with one extent, a comma follows it.
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
    let start = Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) }) + [1, 0]
    // Values begin at a multiple of 64 bytes, behind two that count the header and the end of its line.
    let padding = (64 - (start.count + 2 + text.utf8.count + 1) % 64) % 64
    let header = Array(text.utf8) + Array(repeating: UInt8(ascii: " "), count: padding) + [10]

    var data = Data(start)
    withUnsafeBytes(of: UInt16(header.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header)
    // Every processor that this program runs on is little-endian.
    values.withUnsafeBytes { data.append(contentsOf: $0) }
    return data
  }
}
