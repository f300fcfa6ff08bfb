/// A symmetric matrix of a few dozen rows, and functions of it by its eigenvalues.
struct SymmetricMatrix {
  let count: Int
  /// Row by row.
  var elements: [Double]

  static func identity(_ count: Int) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(
      count: count, elements: [Double](repeating: 0, count: count * count))
    for i in 0..<count { matrix[i, i] = 1 }
    return matrix
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * count + column] }
    set { elements[row * count + column] = newValue }
  }

  func applied(to vector: [Double]) -> [Double] {
    (0..<count).map { row in
      var sum = 0.0
      for column in 0..<count { sum += self[row, column] * vector[column] }
      return sum
    }
  }

  /// The symmetric root and its inverse. Both are the same whatever signs and order the eigenvectors
  /// have; eigenvalues that are not positive become a small one.
  var roots: (root: SymmetricMatrix, inverse: SymmetricMatrix) {
    let (values, vectors) = eigen
    let trace = values.reduce(0) { $0 + max($1, 0) }
    let scales = values.map { max($0, 1e-20 * max(trace, 1e-300)).squareRoot() }
    func matrix(_ scale: (Double) -> Double) -> SymmetricMatrix {
      var matrix = SymmetricMatrix.identity(count)
      for row in 0..<count {
        for column in 0...row {
          var sum = 0.0
          for k in 0..<count { sum += vectors[row, k] * scale(scales[k]) * vectors[column, k] }
          matrix[row, column] = sum
          matrix[column, row] = sum
        }
      }
      return matrix
    }
    return (matrix { $0 }, matrix { 1 / $0 })
  }

  /// By Jacobi's rotations in a fixed order; column k of the vectors belongs to value k.
  private var eigen: (values: [Double], vectors: SymmetricMatrix) {
    var matrix = self
    var vectors = SymmetricMatrix.identity(count)
    for _ in 0..<30 {
      var (off, trace) = (0.0, 0.0)
      for i in 0..<count {
        trace += matrix[i, i].magnitude
        for j in 0..<i { off += matrix[i, j].magnitude }
      }
      if off <= 1e-14 * trace { break }
      for p in 0..<count {
        for q in (p + 1)..<max(count, p + 1) where matrix[p, q] != 0 {
          matrix.rotate(p, q, &vectors)
        }
      }
    }
    return ((0..<count).map { matrix[$0, $0] }, vectors)
  }

  /// The rotation that makes the element (p, q) zero.
  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout SymmetricMatrix) {
    let theta = (self[q, q] - self[p, p]) / (2 * self[p, q])
    let t = (theta >= 0 ? 1.0 : -1) / (theta.magnitude + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<count {
      let (kp, kq) = (self[k, p], self[k, q])
      (self[k, p], self[k, q]) = (c * kp - s * kq, s * kp + c * kq)
    }
    for k in 0..<count {
      let (pk, qk) = (self[p, k], self[q, k])
      (self[p, k], self[q, k]) = (c * pk - s * qk, s * pk + c * qk)
      let (vp, vq) = (vectors[k, p], vectors[k, q])
      (vectors[k, p], vectors[k, q]) = (c * vp - s * vq, s * vp + c * vq)
    }
  }
}
