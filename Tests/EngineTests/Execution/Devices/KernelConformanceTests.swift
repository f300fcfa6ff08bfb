@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing

extension [KernelCase] {
  /// All of them, or in an unoptimized build, whose naive loops are slow, every third: those that other
  /// targets are not shown.
  fileprivate func share(of target: DeviceUnderTest) -> [KernelCase] {
    #if DEBUG
      let first = target.testDescription.utf8.reduce(0) { $0 + Int($1) } % 3
      return stride(from: first, to: count, by: 3).map { self[$0] }
    #else
      return self
    #endif
  }
}

/// What every kernel of every device must do, over every small shape: forward and backward against
/// naive loops in double, and the promises of ``Kernel`` and of the layouts.
struct KernelConformanceTests {
  @Test("convolutions agree with naive loops", arguments: DevicesUnderTest.native)
  func convolutions(target: DeviceUnderTest) throws {
    for test in KernelCase.boundByArithmetic.share(of: target) { try agrees(test, target) }
  }

  @Test(
    "convolutions in bf16 agree with naive loops", .needsBF16, arguments: DevicesUnderTest.inBF16)
  func convolutionsInBF16(target: DeviceUnderTest) throws {
    for var test in KernelCase.boundByArithmetic.share(of: target) {
      // A transposed convolution is rounded before its bias is added, which can take a value to the
      // other side of a ReLU's bend.
      if case .transposedConvolution = test.operation { test.activation = .none }
      try agrees(test, target)
    }
  }

  @Test("all other operations agree with naive loops", arguments: DevicesUnderTest.inAllLayouts)
  func others(target: DeviceUnderTest) throws {
    for test in KernelCase.boundByMemory.share(of: target) { try agrees(test, target) }
    if target.block == nil { for test in KernelCase.largePlanes { try agrees(test, target) } }
  }

  @Test(
    "the parts of other architectures agree with naive loops, add up, and ignore threads",
    arguments: DevicesUnderTest.forParts)
  func parts(target: DeviceUnderTest) throws {
    for test in KernelCase.parts.share(of: target) {
      try agrees(test, target)
      try ignoresThreads(test, target)
      try addsUp(test, target)
    }
  }

  @Test(
    "the number of threads does not change a bit of an operation bound by memory",
    arguments: DevicesUnderTest.inAllLayouts)
  func threads(target: DeviceUnderTest) throws {
    for test in KernelCase.boundByMemory.share(of: target) { try ignoresThreads(test, target) }
    if target.block == nil {
      for test in KernelCase.largePlanes { try ignoresThreads(test, target) }
    }
  }

  @Test(
    "the number of threads does not change a bit of convolutions that promise it",
    arguments: DevicesUnderTest.whoseConvolutionsIgnoreThreads)
  func threadsOfConvolutions(target: DeviceUnderTest) throws {
    let cases =
      KernelCase.convolutionsInOtherRanks + KernelCase.convolutions
      + KernelCase.transposedConvolutions.reversed()
    for index in stride(from: cases.count - 1, through: 0, by: -8) {
      try ignoresThreads(cases[index], target)
    }
  }

  @Test(
    "gradients are added where they accumulate, and left out where they are not wanted",
    arguments: DevicesUnderTest.inAllLayouts)
  func accumulates(target: DeviceUnderTest) throws {
    let cases =
      target.block == nil
      ? KernelCase.boundByArithmetic + KernelCase.boundByMemory : KernelCase.boundByMemory
    for test in cases.share(of: target) where test.inputs[0].count < 1000 {
      try addsUp(test, target)
    }
  }

  @Test(
    "a kernel for inference alone computes the same outputs", arguments: DevicesUnderTest.native)
  func inference(target: DeviceUnderTest) throws {
    for test in KernelCase.boundByArithmetic + KernelCase.activations + KernelCase.poolings {
      let values = test.values()
      let training = try KernelHarness(test: test, target: target).run(values)
      let inference = try KernelHarness(
        test: test, target: target, isTraining: false, pass: ForwardPass(isTraining: false)
      ).run(values)
      expectClose(
        inference.outputs[0].values, training.outputs[0].values, "\(test.testDescription)")
      #expect(inference.trespasses == [], "\(test.testDescription)")
    }
  }

  // MARK: - Checks

  private func addsUp(_ test: KernelCase, _ target: DeviceUnderTest) throws {
    let values = test.values(of: target.valuePrecision)
    let written = try KernelHarness(test: test, target: target).run(values)
    let added = try KernelHarness(test: test, target: target, accumulatesOnto: 0.5).run(values)
    for case (let written?, let added?) in zip(written.inputGradients, added.inputGradients) {
      expectClose(
        added.values, written.values.map { $0 + 0.5 }, "\(test.testDescription)",
        tolerance: target.tolerance)
    }
    #expect(added.trespasses == [], "\(test.testDescription)")
    let unwanted = try KernelHarness(test: test, target: target, wantsInputGradient: false)
      .run(values)
    #expect(unwanted.inputGradients.allSatisfy { $0 == nil })
    #expect(unwanted.parameterGradients == written.parameterGradients, "\(test.testDescription)")
  }

  private func agrees(_ test: KernelCase, _ target: DeviceUnderTest) throws {
    let harness = KernelHarness(test: test, target: target)
    let values = test.values(of: target.valuePrecision)
    let result = try harness.run(values)
    #expect(result.trespasses == [], "\(test.testDescription)")
    if let repeated = result.repeatedOutputs {
      let isSame = zip(repeated, result.outputs).allSatisfy { $0.values == $1.values }
      #expect(isSame, "\(test.testDescription) repeated")
    }
    let expected = ExpectedResults.outputs(of: test, target.valuePrecision) {
      test.naiveForward(values.inputs, values.parameters, harness: harness)
    }
    for (index, (output, expected)) in zip(result.outputs, expected).enumerated() {
      expectClose(
        output.values, expected.values, "output \(index) of \(test.testDescription)",
        tolerance: target.tolerance)
    }
    let tolerance = target.tolerance
    if let gradients = test.convolutionGradients(values, output: expected[0]) {
      expectGradients(result, gradients, test, tolerance)
    } else if test.inputs[0].count <= 80 {
      let gradients = ExpectedResults.gradients(of: test, target.valuePrecision) {
        test.centralDifferences(values, harness: harness)
      }
      expectGradients(result, gradients, test, tolerance)
    } else {
      expectDerivative(result, values, harness)
    }
  }

  private func ignoresThreads(_ test: KernelCase, _ target: DeviceUnderTest) throws {
    let values = test.values(of: target.valuePrecision)
    let results = try (1...3).map { threads in
      try KernelHarness(test: test, target: target, threads: threads).run(values)
    }
    for result in results.dropFirst() {
      let isSame = result.bits == results[0].bits
      #expect(isSame, "\(test.testDescription)")
      #expect(result.trespasses == [], "\(test.testDescription)")
    }
  }

  private func expectGradients(
    _ result: KernelHarness.Result, _ expected: NaiveGradients, _ test: KernelCase,
    _ tolerance: Double
  ) {
    for (index, (gradient, expected)) in zip(result.inputGradients, expected.inputs).enumerated() {
      guard let gradient, let expected else { continue }
      expectClose(
        gradient.values, expected.values, "gradient of input \(index), \(test.testDescription)",
        tolerance: tolerance)
    }
    for (index, expected) in expected.parameters.enumerated() {
      expectClose(
        result.parameterGradients[index], expected,
        "gradient of parameter \(index), \(test.testDescription)", tolerance: tolerance)
    }
  }

  private func expectDerivative(
    _ result: KernelHarness.Result, _ values: KernelValues, _ harness: KernelHarness
  ) {
    let test = harness.test
    for seed in UInt64(2)...3 {
      let direction = test.values(seed: seed)
      let expected = test.derivative(values, along: direction, harness: harness)
      var sum = 0.0, squares = 0.0
      func add(_ gradient: [Double], _ direction: [Double]) {
        for (gradient, direction) in zip(gradient, direction) {
          sum += gradient * direction
          squares += gradient * gradient * direction * direction
        }
      }
      for (gradient, direction) in zip(result.inputGradients, direction.inputs) {
        if let gradient { add(gradient.values, direction.values) }
      }
      for (gradient, direction) in zip(result.parameterGradients, direction.parameters) {
        add(gradient, direction)
      }
      #expect(
        abs(sum - expected) <= 5 * harness.target.tolerance * (squares.squareRoot() + 1),
        "derivative \(sum), not \(expected), of \(test.testDescription)")
    }
  }
}

/// Within 2e-5 of the expected values, or of 1 where these are smaller; a NaN is not close.
func expectClose(
  _ values: [Double], _ expected: [Double], _ comment: @autoclosure () -> String,
  tolerance: Double = 2e-5, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard values.count == expected.count else {
    Issue.record(
      "\(values.count) values, not \(expected.count): \(comment())", sourceLocation: sourceLocation)
    return
  }
  let far = values.indices.first {
    !(abs(values[$0] - expected[$0]) <= tolerance * max(1, abs(expected[$0])))
  }
  guard let far else { return }
  Issue.record(
    "[\(far)] is \(values[far]), not \(expected[far]): \(comment())",
    sourceLocation: sourceLocation)
}

extension KernelHarness.Result {
  /// Everything that was computed, bit by bit.
  var bits: [UInt64] {
    let tensors = outputs + inputGradients.compactMap { $0 }
    return (tensors.map(\.values) + parameterGradients + state).flatMap { $0.map(\.bitPattern) }
  }
}
