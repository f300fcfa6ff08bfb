@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

struct MaxPoolKernelTests {
  private func pool(
    _ shape: Shape, _ values: [Double], _ target: DeviceUnderTest
  ) throws -> KernelHarness.Result {
    let size: SpatialExtent = [2, 2]
    let small = Shape(shape.batch, shape.channels, shape.height / 2, shape.width / 2)
    let test = KernelCase(
      operation: .maxPool(MaxPool(size: size)), inputs: [shape], outputs: [small, small])
    let input = KernelValues(
      inputs: [PlainTensor(shape, values: values)], parameters: [], state: [],
      outputGradient: PlainTensor(small, repeating: 1))
    return try KernelHarness(test: test, target: target).run(input)
  }

  @Test("the first of equal maxima is taken", arguments: DevicesUnderTest.inAllBlocks)
  func ties(target: DeviceUnderTest) throws {
    let result = try pool(Shape(1, 1, 2, 4), [1, 3, 5, 5, 3, 3, 5, 5], target)
    #expect(result.outputs[0].values == [3, 5])
    #expect(result.outputs[1].values == [1, 0])
    #expect(result.inputGradients[0]?.values == [0, 1, 1, 0, 0, 0, 0, 0])
  }

  @Test("the first NaN of a window is its maximum", arguments: DevicesUnderTest.inAllBlocks)
  func notANumber(target: DeviceUnderTest) throws {
    let nan = Double.nan
    let result = try pool(Shape(1, 1, 2, 6), [1, nan, nan, 7, 1, 2, 9, nan, 0, 1, 3, nan], target)
    #expect(result.outputs[0].values.allSatisfy { $0.isNaN })
    #expect(result.outputs[1].values == [1, 0, 3])
  }

  @Test("windows of minus infinity alone have a maximum", arguments: DevicesUnderTest.inAllBlocks)
  func infinite(target: DeviceUnderTest) throws {
    let result = try pool(
      Shape(1, 1, 2, 2), [-.infinity, -.infinity, -.infinity, -.infinity], target)
    #expect(result.outputs[0].values == [-.infinity])
    #expect(result.outputs[1].values == [0])
  }

  @Test("rows and columns left over get no gradient", arguments: DevicesUnderTest.inAllBlocks)
  func leftOver(target: DeviceUnderTest) throws {
    let result = try pool(Shape(1, 1, 3, 3), [1, 2, 9, 3, 4, 9, 9, 9, 9], target)
    #expect(result.outputs[0].values == [4])
    #expect(result.inputGradients[0]?.values == [0, 0, 0, 0, 1, 0, 0, 0, 0])
  }
}
