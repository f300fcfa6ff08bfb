package import Groundwork

/// Maximum over windows of `size` at a stride of `size`, no padding, height and width rounded
/// down. Two outputs: the maxima and, as one byte each, the position of each within its window
/// (row · size.width + column; the first in scan order where several are equal).
package struct MaxPool: Sendable, Hashable {
  package var size = Size(height: 2, width: 2)
}

extension MaxPool: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let maxima = FeatureShape(
      inputs[0].channels, inputs[0].height / size.height, inputs[0].width / size.width)
    return [maxima, maxima]
  }
}

/// Puts each value back to where the maximum of the matching ``MaxPool`` stood, zero elsewhere
/// (Badrinarayanan, Kendall & Cipolla 2017). Inputs: the values and the positions.
package struct MaxUnpool: Sendable, Hashable {
  package var size = Size(height: 2, width: 2)
}

extension MaxUnpool: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(inputs[0] == inputs[1], "values \(inputs[0]) and positions \(inputs[1]) differ")
    return [
      FeatureShape(
        inputs[0].channels, inputs[0].height * size.height, inputs[0].width * size.width)
    ]
  }
}
