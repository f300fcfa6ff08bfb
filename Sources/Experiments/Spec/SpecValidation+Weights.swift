internal import Datasets
internal import Networks

/// What `weights` says, held against the network, the images, and what was found.
extension SpecValidation {
  mutating func checkWeights() {
    guard let section = draft.weights else { return }
    checkLayerNames(section)
    checkPreprocessing(section)
  }

  // MARK: - Names

  /// A name that no layer has does nothing.
  private mutating func checkLayerNames(_ section: WeightsSection) {
    let map = SpecPath(components: ["weights", "map"])
    let own = network.map { $0.nodes.filter { !$0.parameters.isEmpty }.map(\.name) }
    let offered = weights.map { Set($0.file.tensors.map(\.layer)) }
    for (layer, theirs) in section.rules.layerNames.sorted(by: { $0.key < $1.key }) {
      if let own, !own.contains(layer) {
        report(
          .idlePattern, "weights.map: template \(network?.name ?? "") has no layer '\(layer)'",
          at: map.appending(layer),
          remedy: NearestName.of(layer, among: own).map { "did you mean '\($0)'?" }
            ?? "`experiments network SPEC --operations` lists its layers")
      }
      if let offered, !offered.contains(theirs) {
        report(
          .idlePattern, "weights.map: \(section.name) has no layer '\(theirs)'",
          at: map.appending(layer),
          remedy: NearestName.of(theirs, among: offered.sorted()).map { "did you mean '\($0)'?" }
            ?? "`experiments weights \(section.from)` lists its layers")
      }
    }
  }

  // MARK: - Images

  /// Weights that see images prepared otherwise are worth less, and nothing fails.
  private mutating func checkPreprocessing(_ section: WeightsSection) {
    guard let data = draft.data else { return }
    if section.preprocessing == nil, let run = weights?.run {
      checkNormalization(data, asOf: run.checkpoint, run.spec)
      return
    }
    // The first layer of other images is an average that knows no colours.
    guard data.stack.images == [3], data.channels == 3,
      let expected = expectedPreprocessing(section)
    else { return }
    checkNormalization(data, expected, of: section)
    guard section.rules.reversesInputs != expected.isBGR else { return }
    warn(
      .foreignPreprocessing,
      "the weights \(section.name) were trained on images that are \(expected.words), and the first "
        + "layer sees the channels in the other order",
      at: SpecPath(components: ["weights", "input"]),
      remedy: expected.isBGR ? "write input: rgb_to_bgr in weights" : "leave weights.input out")
  }

  private func expectedPreprocessing(_ section: WeightsSection) -> WeightPreprocessing? {
    if let written = section.preprocessing { return written }
    return weights.flatMap {
      WeightPreprocessing.known(of: $0.file.format, encoder: network?.encoder)
    }
  }

  private mutating func checkNormalization(
    _ data: DataSection, _ expected: WeightPreprocessing, of section: WeightsSection
  ) {
    let wanted = expected.normalization
    guard !data.normalization.isAlike(wanted) else { return }
    warn(
      .foreignPreprocessing,
      "data.normalize is \(data.normalization.written), and the weights \(section.name) were trained "
        + "on images that are \(expected.words)",
      at: SpecPath(components: ["data", "normalize"]),
      remedy: "write normalize: \(wanted.written) in data")
  }

  /// What a run has learned is of images as its own spec normalized them.
  private mutating func checkNormalization(
    _ data: DataSection, asOf run: RunCheckpoint, _ spec: ExperimentSpec?
  ) {
    guard let before = spec?.data.normalization, !data.normalization.isAlike(before) else { return }
    warn(
      .foreignPreprocessing,
      "data.normalize is \(data.normalization.written), and the run of the weights "
        + "\(run.shortName) was trained with \(before.written)",
      at: SpecPath(components: ["data", "normalize"]),
      remedy: "write normalize: \(before.written) in data")
  }
}
