package import Execution
package import Groundwork
package import Networks
internal import Tasks

extension TrainingConfiguration {
  /// The template's network for images of this size, with the settings of the configuration.
  package func network(channels: Int, size: Size, classes: Int) throws(TrainingError) -> Network {
    try network(NetworkInput(channels: channels, size: size), classes: classes)
  }

  /// The same for images or patches of volumes.
  package func network(_ input: NetworkInput, classes: Int) throws(TrainingError) -> Network {
    do throws(ComponentError) {
      let network = try template.network(
        input: input, classes: task.logitsChannels(classes: classes))
      return settings.applied(to: network)
    } catch {
      throw .component(kind: "template", name: type(of: template).name, error)
    }
  }

  /// A trained network's parameters and statistics, in the memory of a device.
  ///
  /// - Parameter values: gives the trained values of each.
  /// - Throws: ``TrainingError`` where a tensor is missing or of another size.
  func trainedState(
    of input: NetworkInput, classes: Int, on device: any Device,
    values: (StateTensor.Role, String) throws -> [Float]?
  ) throws -> NetworkState {
    let network = try network(input, classes: classes)
    let state = NetworkState(network, seed: seed, on: device)
    try state.restore(from: values)
    return state
  }

  /// What is asked about images that are evaluated: the network, or what it says of their
  /// transforms on average.
  package func predictor(
    of input: NetworkInput, classes: Int, batch: Int, device: any Device
  ) throws -> any PlannedPredictor {
    let augmentation = evaluation.testTimeAugmentation
    if !task.allowsTestTimeAugmentation, augmentation != .none {
      throw TrainingError.component(
        kind: "evaluation", name: "test_time_augmentation",
        ComponentError("what is said of objects in transformed images cannot be averaged"))
    }
    let extents: [SpatialExtent]
    do throws(ComponentError) {
      extents = try augmentation.extents(of: input.extent, for: template)
    } catch {
      throw TrainingError.component(kind: "evaluation", name: "test_time_augmentation", error)
    }
    let plans = try extents.map { extent in
      try ExecutionPlan(
        network(NetworkInput(channels: input.channels, extent: extent), classes: classes),
        batch: batch, purpose: .prediction, device: device, threads: threads)
    }
    guard augmentation != .none else { return plans[0] }
    return AugmentedPredictor(
      augmentation, size: input.size, plans: plans,
      averagesLogits: readsSingleLogits)
  }
}
