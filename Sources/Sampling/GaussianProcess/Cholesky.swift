/// The lower factor L of a symmetric positive matrix A = L Lᵀ, in a fixed order of sums.
struct Cholesky {
  let count: Int
  /// Row by row, of every row only what is left of the diagonal and on it.
  let factor: [Double]

  /// - Parameter matrix: row by row; only its lower half is read.
  /// - Returns: `nil` where the matrix is not positive.
  init?(_ matrix: [Double], count: Int) {
    var factor = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        var sum = matrix[row * count + column]
        for k in 0..<column { sum -= factor[row * count + k] * factor[column * count + k] }
        if row == column {
          guard sum > 0, sum.isFinite else { return nil }
          factor[row * count + row] = sum.squareRoot()
        } else {
          factor[row * count + column] = sum / factor[column * count + column]
        }
      }
    }
    (self.count, self.factor) = (count, factor)
  }

  /// L⁻¹ b.
  func forward(_ b: [Double]) -> [Double] {
    var x = b
    for row in 0..<count {
      var sum = x[row]
      for k in 0..<row { sum -= factor[row * count + k] * x[k] }
      x[row] = sum / factor[row * count + row]
    }
    return x
  }

  /// L⁻ᵀ b.
  func backward(_ b: [Double]) -> [Double] {
    var x = b
    for row in stride(from: count - 1, through: 0, by: -1) {
      let value = x[row] / factor[row * count + row]
      x[row] = value
      for k in 0..<row { x[k] -= factor[row * count + k] * value }
    }
    return x
  }

  /// A⁻¹ b.
  func solve(_ b: [Double]) -> [Double] { backward(forward(b)) }

  /// ln |A|.
  var logDeterminant: Double {
    (0..<count).reduce(0) { $0 + 2 * ExactMath.log(factor[$1 * count + $1]) }
  }

  /// A⁻¹, row by row.
  var inverse: [Double] {
    // L⁻¹ by columns, then L⁻ᵀ L⁻¹.
    var lower = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      for row in column..<count {
        var sum = row == column ? 1.0 : 0
        for k in column..<row { sum -= factor[row * count + k] * lower[k * count + column] }
        lower[row * count + column] = sum / factor[row * count + row]
      }
    }
    var inverse = [Double](repeating: 0, count: count * count)
    for k in 0..<count {
      for row in 0...k {
        let value = lower[k * count + row]
        for column in 0...row { inverse[row * count + column] += value * lower[k * count + column] }
      }
    }
    for row in 0..<count {
      for column in 0..<row { inverse[column * count + row] = inverse[row * count + column] }
    }
    return inverse
  }
}
