import Testing

@testable import Engine

struct LayoutConversionKernelTests {
  @Test("values survive the way from any block to any other and back", arguments: [1, 3, 8, 16])
  func roundTrip(block: Int) {
    for other in [1, 4, 8, 16] {
      for shape in [Shape(2, 3, 2, 5), Shape(1, 16, 3, 3), Shape(2, 19, 1, 700)] {
        let from = TensorLayout(shape, block: block), to = TensorLayout(shape, block: other)
        let source = GuardedMemory(bytes: from.bytes), target = GuardedMemory(bytes: to.bytes)
        let gradient = GuardedMemory(bytes: from.bytes)
        for place in from.padding { source.floats[place] = 0 }
        for (index, place) in from.places.enumerated() { source.floats[place] = Float(index + 1) }

        let kernel = LayoutConversionKernel(from: from, to: to, threads: 2)
        kernel.bind(
          KernelTensors(
            node: 0, inputs: [source.start], outputs: [target.start],
            outputGradients: [target.floats.baseAddress],
            inputGradients: [gradient.floats.baseAddress], accumulates: [false]))
        kernel.forward(ForwardPass(isTraining: true))
        kernel.backward()

        let (converted, returned) = (target.floats, gradient.floats)
        let description = "\(shape) from blocks of \(block) to blocks of \(other)"
        expectClose(
          to.places.map { Double(converted[$0]) }, (1...shape.count).map(Double.init), description)
        expectClose(
          to.padding.map { Double(converted[$0]) }, to.padding.map { _ in 0 }, description)
        expectClose(returned.map(Double.init), source.floats.map(Double.init), description)
        #expect(target.isFenceIntact && gradient.isFenceIntact)
      }
    }
  }
}
