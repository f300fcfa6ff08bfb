internal import Groundwork
internal import Networks

/// The memory of a plan once it has been taken.
final class PlanMemory {
  /// `nil` where the plan only predicts.
  let parameterGradients: FlatTensors?
  let heads: PlanHeads
  /// Where the images lie, and where the host writes them.
  let images: DevicePlace
  private(set) lazy var imageWindow = HostWindow(images, bytes: imageBytes)
  private let imageBytes: Int
  private let storage: Storage
  private let arena: any DeviceMemory
  /// Kept alive: kernels point into it.
  private let state: NetworkState

  init(_ plan: ExecutionPlan, _ storage: Storage, state: NetworkState, arena: any DeviceMemory) {
    self.storage = storage
    self.arena = arena
    self.state = state
    let isTraining = plan.purpose == .training
    parameterGradients = isTraining ? FlatTensors(like: state.parameters) : nil
    func place(_ offset: Int?) -> DevicePlace {
      guard let offset else { preconditionFailure("a tensor of the plan has no place") }
      return DevicePlace(arena, offset: offset)
    }
    heads = PlanHeads(
      zip(plan.network.heads, plan.headLayouts).map { head, layout in
        PlanHeads.Head(
          values: place(storage.values[head.value]),
          gradient: isTraining ? place(storage.gradients[head.value]) : nil,
          bytes: layout.layout.bytes)
      })
    images = place(storage.values[Network.inputValue])
    imageBytes = plan.layouts[Network.inputValue].bytes
  }

  /// Where the tensors of a step lie.
  func tensors(
    of step: PlanStep, number: Int, layouts: [TensorLayout], accumulates: [Bool]
  ) -> KernelTensors {
    func place(_ offset: Int) -> DevicePlace { DevicePlace(arena, offset: offset) }
    func gradients(of values: [Int]) -> [PlacedTensor?] {
      guard parameterGradients != nil else { return [] }
      return values.map { value in
        storage.gradients[value].map { PlacedTensor(place($0), layouts[value]) }
      }
    }
    func placed(_ values: [Int]) -> [PlacedTensor] {
      values.map { PlacedTensor(place(storage.values[$0]!), layouts[$0]) }
    }
    return KernelTensors(
      node: step.node, inputs: placed(step.inputs), outputs: placed(step.outputs),
      parameters: step.parameters.map(state.parameters.place),
      state: step.statistics.map(state.statistics.place),
      workspace: storage.workspaces[number].map(place),
      scratch: storage.scratch[number].map(place),
      outputGradients: gradients(of: step.outputs), inputGradients: gradients(of: step.inputs),
      accumulates: accumulates,
      parameterGradients: parameterGradients.map { step.parameters.map($0.place) } ?? [])
  }
}
