@testable import Datasets
@testable import Execution
@testable import Networks

/// Gradients of a case's loss, the sum of outputs[0] · outputGradient.
struct NaiveGradients: Sendable {
  /// Nil for positions.
  var inputs: [PlainTensor?]
  var parameters: [[Double]]
}

extension KernelCase {
  /// By central differences of the naive loops, value by value. Exact to about 1e-9: everything is
  /// in double, and the operations are linear or smooth but for the kinks of the activations.
  func centralDifferences(_ values: KernelValues, harness: KernelHarness) -> NaiveGradients {
    let step = 1e-6
    func slope(_ change: (inout KernelValues, Double) -> Void) -> Double {
      let losses = [step, -step].map { step in
        var changed = values
        change(&changed, step)
        return loss(changed, harness: harness)
      }
      return (losses[0] - losses[1]) / (2 * step)
    }
    return NaiveGradients(
      inputs: values.inputs.indices.map { index in
        guard !isPositions(input: index) else { return nil }
        let tensor = values.inputs[index]
        return PlainTensor(
          tensor.shape,
          values: tensor.values.indices.map { i in slope { $0.inputs[index].values[i] += $1 } })
      },
      parameters: values.parameters.indices.map { index in
        values.parameters[index].indices.map { i in slope { $0.parameters[index][i] += $1 } }
      })
  }

  /// The derivative along a direction in the space of all inputs and parameters, by a central
  /// difference: two evaluations, for cases too large for one a value.
  func derivative(
    _ values: KernelValues, along direction: KernelValues, harness: KernelHarness
  ) -> Double {
    let step = 1e-6
    func moved(_ step: Double) -> Double {
      var changed = values
      for index in values.inputs.indices where !isPositions(input: index) {
        for i in changed.inputs[index].values.indices {
          changed.inputs[index].values[i] += step * direction.inputs[index].values[i]
        }
      }
      for index in values.parameters.indices {
        for i in changed.parameters[index].indices {
          changed.parameters[index][i] += step * direction.parameters[index][i]
        }
      }
      return loss(changed, harness: harness)
    }
    return (moved(step) - moved(-step)) / (2 * step)
  }

  private func loss(_ values: KernelValues, harness: KernelHarness) -> Double {
    let output = naiveForward(values.inputs, values.parameters, harness: harness)[0]
    return zip(output.values, values.outputGradient.values).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension KernelCase {
  /// By the loops of the convolutions themselves, which are linear in each factor; nil for other
  /// operations. `output` is that of the naive loops.
  func convolutionGradients(_ values: KernelValues, output: PlainTensor) -> NaiveGradients? {
    let input = values.inputs[0]
    let hasBias: Bool
    let visit: ((_ input: Int, _ output: Int, _ weight: Int) -> Void) -> Void
    switch operation {
    case .convolution(let convolution):
      hasBias = convolution.hasBias
      visit = { meet in convolution.visit(input.shape, output.shape) { meet($0, $1, $2) } }
    case .transposedConvolution(let convolution):
      hasBias = convolution.hasBias
      visit = { meet in convolution.visit(output.shape, input.shape) { meet($1, $0, $2) } }
    default: return nil
    }

    var dy = values.outputGradient
    if case .rectifier(let rectifier) = activation {
      for i in dy.values.indices {
        if output.values[i] <= 0 { dy.values[i] = 0 }
        if let ceiling = rectifier.ceiling, output.values[i] >= Double(ceiling) { dy.values[i] = 0 }
      }
    }
    let weights = values.parameters[0]
    var dx = PlainTensor(input.shape), dw = weights.map { _ in 0.0 }
    visit { i, o, w in
      dx.values[i] += dy.values[o] * weights[w]
      dw[w] += dy.values[o] * input.values[i]
    }
    guard hasBias else { return NaiveGradients(inputs: [dx], parameters: [dw]) }
    var db = Array(repeating: 0.0, count: dy.shape.channels)
    dy.forEach { n, c, row, column in db[c] += dy[n, c, row, column] }
    return NaiveGradients(inputs: [dx], parameters: [dw, db])
  }
}
