@testable import Execution
@testable import Groundwork
@testable import Networks

/// Values of parameters and statistics with which every operation matters: no bias is 0, no norm leaves
/// its input as it is, and maps stay of a size through any depth.
enum TestWeights {
  /// By their names.
  static func values(of network: Network) -> [String: [Float]] {
    let tensors =
      network.parameters.map { ($0.name, $0.shape) }
      + network.statistics.map { ($0.name, $0.shape) }
    return Dictionary(uniqueKeysWithValues: tensors.map { ($0, values($0, shape: $1)) })
  }

  /// A network's state with these values.
  static func state(
    of network: Network, _ values: [String: [Float]], on device: any Device
  ) -> NetworkState {
    let state = NetworkState(network, seed: 0, on: device)
    for tensors in [state.parameters, state.statistics] {
      for (index, entry) in tensors.entries.enumerated() {
        _ = tensors[index].update(from: values[entry.name] ?? [])
      }
      tensors.upload()
    }
    return state
  }

  private static func values(_ name: String, shape: [Int]) -> [Float] {
    guard shape.count == 1 else {
      let inputs = shape.dropFirst().reduce(1, *)
      return draw(name, shape, .uniform(limit: (3.5 / Float(inputs)).squareRoot()))
    }
    let middle: Float
    switch name.split(separator: ".").last {
    case "scale", "variance": middle = 1
    case "slope": middle = 0.25
    default: middle = 0
    }
    return draw(name, shape, .uniform(limit: 0.2)).map { $0 + middle }
  }

  /// A function of the name and the shape alone.
  private static func draw(
    _ name: String, _ shape: [Int], _ initializer: Initializer
  ) -> [Float] {
    let count = shape.reduce(1, *)
    return [Float].filled(count: count) {
      initializer.fill(UnsafeMutableBufferPointer(start: $0, count: count), name: name, seed: 7)
    }
  }
}

extension Network {
  /// What the heads say of images `[N, C, H, W]`, by their names.
  func heads(
    of images: [Float], batch: Int, _ values: [String: [Float]]
  ) throws -> [(name: String, shape: Shape, values: [Float])] {
    let device = OpenBLASDevice()
    let plan = try ExecutionPlan(
      self, batch: batch, purpose: .prediction, device: device, threads: 2)
    plan.allocate(TestWeights.state(of: self, values, on: device))
    plan.load(images)
    plan.forward()
    return plan.headLayouts.enumerated().map { index, head in
      plan.heads.bringToHost(index)
      // The device keeps N × C × H × W.
      precondition(head.layout.block == 1 && head.layout.wideStride == nil)
      let shape = head.layout.shape
      return (
        head.name, shape,
        Array(UnsafeBufferPointer(start: plan.heads.values[index], count: shape.count))
      )
    }
  }
}
