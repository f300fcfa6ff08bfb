@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

struct BatchNormKernelTests {
  static let targets = DevicesUnderTest.inAllBlocks

  private func batchNorm(_ shape: Shape, _ activation: Activation = .none) -> KernelCase {
    KernelCase(
      operation: .batchNorm(BatchNorm(epsilon: 1e-3, momentum: 0.25)), activation: activation,
      inputs: [shape], outputs: [shape],
      parameters: Array(repeating: shape.channels, count: activation == .prelu ? 3 : 2),
      state: [shape.channels, shape.channels])
  }

  @Test(
    "running statistics move by the momentum towards the batch's mean and unbiased variance",
    arguments: targets)
  func runningStatistics(target: DeviceUnderTest) throws {
    let test = batchNorm(Shape(3, 5, 4, 7)), values = test.values()
    let result = try KernelHarness(test: test, target: target).run(values)
    let count = 3.0 * 4 * 7
    for c in 0..<5 {
      let (mean, variance) = values.inputs[0].moments(ofChannel: c)
      let unbiased = variance * count / (count - 1)
      #expect(abs(result.state[0][c] - (0.75 * values.state[0][c] + 0.25 * mean)) < 1e-6)
      #expect(abs(result.state[1][c] - (0.75 * values.state[1][c] + 0.25 * unbiased)) < 1e-6)
    }
  }

  @Test("evaluation uses the running statistics and leaves them", arguments: targets)
  func evaluation(target: DeviceUnderTest) throws {
    for isTraining in [true, false] {
      let test = batchNorm(Shape(2, 5, 3, 3), .prelu), values = test.values()
      var harness = KernelHarness(test: test, target: target, isTraining: isTraining)
      harness.pass.isTraining = false
      var expected = values.inputs[0]
      expected.forEach { n, c, row, column in
        let deviation = (values.state[1][c] + 1e-3).squareRoot()
        let z =
          (expected[n, c, row, column] - values.state[0][c]) / deviation * values.parameters[0][c]
          + values.parameters[1][c]
        expected[n, c, row, column] = z > 0 ? z : values.parameters[2][c] * z
      }
      let result = try harness.forward(values)
      expectClose(result.outputs[0].values, expected.values, "\(target.testDescription)")
      #expect(result.state == values.state)
    }
  }

  @Test(
    "a frozen norm leaves its statistics, sees no other values of the batch, and repeats itself",
    arguments: targets)
  func frozen(target: DeviceUnderTest) throws {
    let test = KernelCase(
      operation: .batchNorm(BatchNorm(epsilon: 1e-3, momentum: 0.25, isFrozen: true)),
      activation: .relu, inputs: [Shape(2, 5, 19, 29)], outputs: [Shape(2, 5, 19, 29)],
      parameters: [5, 5], state: [5, 5])
    var values = test.values()
    let harness = KernelHarness(test: test, target: target)
    let before = try harness.run(values)
    #expect(before.state == values.state)
    #expect(before.repeatedOutputs?.map(\.values) == before.outputs.map(\.values))
    var evaluating = harness
    evaluating.pass.isTraining = false
    #expect(try evaluating.forward(values).outputs[0].values == before.outputs[0].values)
    values.inputs[0][1, 3, 4, 5] = 1000
    var after = try harness.run(values)
    after.outputs[0][1, 3, 4, 5] = before.outputs[0][1, 3, 4, 5]
    #expect(after.outputs[0].values == before.outputs[0].values)
    let gradient = try #require(after.inputGradients[0])
    let earlier = try #require(before.inputGradients[0])
    for (index, value) in gradient.values.enumerated()
    where index != gradient.index(1, 3, 4, 5) {
      #expect(value == earlier.values[index])
    }
  }

  @Test("a mean a thousand deviations from zero costs no accuracy", arguments: targets)
  func farFromZero(target: DeviceUnderTest) throws {
    let test = batchNorm(Shape(2, 2, 19, 29))
    var values = test.values()
    values.inputs[0].values = values.inputs[0].values.map { Double(Float(500 + $0)) }
    let harness = KernelHarness(test: test, target: target)
    let expected = test.naiveForward(values.inputs, values.parameters, harness: harness)
    // The rounding of the mean itself to a float, 3e-5, is what remains.
    let result = try harness.run(values)
    expectClose(
      result.outputs[0].values, expected[0].values, "\(target.testDescription)", tolerance: 2e-4)
  }

  @Test("a NaN in the input shows in the output of its channel alone", arguments: targets)
  func notANumber(target: DeviceUnderTest) throws {
    let test = batchNorm(Shape(1, 3, 4, 5), .relu)
    var values = test.values()
    values.inputs[0][0, 1, 2, 2] = .nan
    let output = try KernelHarness(test: test, target: target).run(values).outputs[0]
    output.forEach { n, c, row, column in #expect(output[n, c, row, column].isNaN == (c == 1)) }
  }
}
