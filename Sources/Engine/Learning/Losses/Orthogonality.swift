internal import Execution
package import Groundwork
internal import Networks

/// How far the matrices that features are turned by are from rotations (Qi, Su, Mo & Guibas 2017, equation 2):
/// the mean over the samples of the Frobenius norm of A·Aᵀ − I, where A = I + T and T is the head. It reads no
/// labels.
package struct Orthogonality: Loss {
  package static let name = "orthogonality"
  package static let about =
    "Keeps the transform of a PointNet's features near a rotation; goes with another loss."
  package static let definition =
    "The mean over samples of the norm, not of its square. The authors' weight is 0.001."
  package static let fields: [FieldDeclaration] = []
  package static let example =
    "task: points\ntemplate: {name: pointnet, transform: features}\n"
    + "losses: [cross_entropy, {orthogonality: {weight: 0.001}}]"
  package static var head: LossHead {
    LossHead(name: TransformHead.name, remedy: TransformHead.remedy)
  }

  package init(_ values: FieldValues) {}

  package func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    let channels = context.logits.shape.channels
    let side = Int(Double(channels).squareRoot().rounded())
    guard side * side == channels else {
      throw ComponentError(
        field: "head",
        "needs a matrix, but head \(context.heads[context.head].name) has \(channels) channels")
    }
    return OrthogonalityKernel(layout: context.logits, side: side)
  }
}

private final class OrthogonalityKernel: LossKernel {
  private let layout: TensorLayout
  /// d.
  private let side: Int
  /// `[d, d]` each: A, and A·Aᵀ − I.
  private var matrix: [Double]
  private var excess: [Double]

  init(layout: TensorLayout, side: Int) {
    (self.layout, self.side) = (layout, side)
    matrix = Array(repeating: 0, count: side * side)
    excess = matrix
  }

  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    let batch = layout.shape.batch
    var sum = 0.0
    for sample in 0..<batch {
      read(input.logits, sample)
      let norm = measure()
      sum += norm
      guard let gradients, norm != 0 else { continue }
      add(Double(weight) / Double(batch) * 2 / norm, to: gradients.logits, sample)
    }
    return LossValue(sum: sum, of: Double(batch))
  }

  private func place(_ sample: Int, _ element: Int) -> Int {
    layout.index(sample, channel: element, place: 0)
  }

  private func read(_ values: UnsafePointer<Float>, _ sample: Int) {
    for element in matrix.indices {
      let isDiagonal = element % (side + 1) == 0
      matrix[element] = Double(values[place(sample, element)]) + (isDiagonal ? 1 : 0)
    }
  }

  /// - Returns: the Frobenius norm of A·Aᵀ − I.
  private func measure() -> Double {
    var squares = 0.0
    for row in 0..<side {
      for column in 0..<side {
        var product = row == column ? -1.0 : 0
        for k in 0..<side { product += matrix[row * side + k] * matrix[column * side + k] }
        excess[row * side + column] = product
        squares += product * product
      }
    }
    return squares.squareRoot()
  }

  /// The slope of the norm is 2 (A·Aᵀ − I)·A divided by the norm.
  private func add(_ factor: Double, to gradients: UnsafeMutablePointer<Float>, _ sample: Int) {
    for row in 0..<side {
      for column in 0..<side {
        var product = 0.0
        for k in 0..<side { product += excess[row * side + k] * matrix[k * side + column] }
        gradients[place(sample, row * side + column)] += Float(factor * product)
      }
    }
  }
}
