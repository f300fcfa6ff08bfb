internal import Groundwork

/// Channels become places (Shi et al. 2016): r²·C × H × W → C × r·H × r·W, value (c, y·r + i, x·r + j)
/// from channel c·r² + i·r + j, as PyTorch's PixelShuffle. Images alone.
package struct PixelShuffle: Sendable, Hashable {
  package var factor: Int
}

extension PixelShuffle: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    let input = inputs[0]
    precondition(
      input.extent.rank == 2 && input.channels.isMultiple(of: factor * factor),
      "\(input) cannot be shuffled by \(factor)")
    return [
      FeatureShape(input.channels / (factor * factor), input.extent.map { $0 * factor })
    ]
  }
}

/// The channels seen as a table of `groups` rows, read column by column (Zhang et al. 2018): channel
/// k of group g comes to place k · groups + g.
package struct ChannelShuffle: Sendable, Hashable {
  package var groups: Int
}

extension ChannelShuffle: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(
      inputs[0].channels.isMultiple(of: groups), "\(inputs[0]) has no \(groups) groups")
    return [inputs[0]]
  }
}

extension OperationWriter {
  mutating func pixelShuffle(_ name: String, _ input: Feature, factor: Int) -> Feature {
    append(name, .pixelShuffle(PixelShuffle(factor: factor)), [input])[0]
  }

  mutating func channelShuffle(_ name: String, _ input: Feature, groups: Int) -> Feature {
    append(name, .channelShuffle(ChannelShuffle(groups: groups)), [input])[0]
  }
}
