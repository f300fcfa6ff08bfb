internal import Groundwork

/// ``PadChannels``.
struct PadChannelsLayer: Layer {
  static let name = "pad_channels"
  static let about = "Appends channels of zeros."
  static let example = "- pad_channels: 64"

  private static let channels = Field.integer(
    "channels", 1...LayerFields.maximumChannels, "The number of channels of the output.")
  static let fields = [channels.declaration]
  static let mainField: String? = channels.declaration.name

  let channels: Int
  init(_ values: FieldValues) { channels = values[Self.channels] }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    guard chain.shape.channels <= channels else {
      throw ComponentError(
        field: Self.channels.declaration.name,
        "the chain has \(chain.shape.channels) channels already, more than \(channels)")
    }
    try chain.append(name, .padChannels(PadChannels(channels: channels)))
  }
}

/// ``PixelShuffle``.
struct PixelShuffleLayer: Layer {
  static let name = "pixel_shuffle"
  static let about = "Enlarges the map by making places of channels."
  static let example = "- pixel_shuffle: 2"

  private static let factor = Field.integer(
    "factor", 1...16, "By how much height and width grow; the channels shrink by its square.")
  static let fields = [factor.declaration]
  static let mainField: String? = factor.declaration.name

  let factor: Int
  init(_ values: FieldValues) { factor = values[Self.factor] }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    guard chain.shape.channels.isMultiple(of: factor * factor) else {
      throw ComponentError(
        field: Self.factor.declaration.name,
        "\(chain.shape.channels) channels are no multiple of \(factor)² = \(factor * factor): put "
          + "convolution: {outputs: …, kernel: 1} before it")
    }
    try chain.append(name, .pixelShuffle(PixelShuffle(factor: factor)))
  }
}

/// ``ChannelShuffle``.
struct ChannelShuffleLayer: Layer {
  static let name = "channel_shuffle"
  static let about = "Mixes the channels of groups, so that the next groups see all of them."
  static let example = "- channel_shuffle: 4"

  private static let groups = Field.integer(
    "groups", 1...LayerFields.maximumChannels, "The number of groups.")
  static let fields = [groups.declaration]
  static let mainField: String? = groups.declaration.name

  let groups: Int
  init(_ values: FieldValues) { groups = values[Self.groups] }

  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError) {
    guard chain.shape.channels.isMultiple(of: groups) else {
      throw ComponentError(
        field: Self.groups.declaration.name,
        "\(chain.shape.channels) channels do not make \(groups) groups: use a number that divides "
          + "them")
    }
    try chain.append(name, .channelShuffle(ChannelShuffle(groups: groups)))
  }
}
