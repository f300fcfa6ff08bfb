package import Groundwork

/// What brings the outputs of a convolution to mean 0 and variance 1 before their activation.
package enum Normalization: String, Sendable, CaseIterable {
  /// Over all places of all samples of a batch, each channel for itself.
  case batch
  /// Over the places and channels of a group, each sample for itself.
  case group
  /// Over the places, each sample and channel for itself.
  case instance
  case none

  package static let field = Field.name(
    "norm", default: Normalization.batch.rawValue, oneOf: allCases.map(\.rawValue),
    "Normalization of what convolutions put out: over the batch, or within each image over groups "
      + "of channels or single channels, which suits batches of one or two images.")

  package init(_ values: FieldValues) {
    guard let normalization = Normalization(rawValue: values[Self.field]) else {
      preconditionFailure("'\(values[Self.field])' was not checked against the field")
    }
    self = normalization
  }

  /// Convolutions have a bias of their own where no shift of a norm follows.
  var leavesBias: Bool { self == .none }
}

extension NetworkBuilder {
  /// The norm, or the input itself where there is none.
  mutating func normalize(
    _ name: String, _ input: Feature, _ normalization: Normalization
  ) -> Feature {
    switch normalization {
    case .batch: batchNorm(name, input)
    case .group: groupNorm(name, input, groups: Self.groups(of: shape(of: input).channels))
    case .instance: instanceNorm(name, input)
    case .none: input
    }
  }

  /// 32, as Wu & He 2018 have it, or the next lower power of 2 that leaves at least two channels,
  /// and equally many, to each group.
  private static func groups(of channels: Int) -> Int {
    var groups = 32
    while groups > 1, !channels.isMultiple(of: 2 * groups) { groups /= 2 }
    return groups
  }
}

extension Network {
  /// The network itself.
  ///
  /// - Throws: ``ComponentError`` where a norm within each image would see one value alone, and so
  ///   make it 0.
  func refusingNormsOfOneValue() throws(ComponentError) -> Network {
    for node in nodes {
      guard case .groupNorm(let norm) = node.operation else { continue }
      let shape = values[node.inputs[0]].shape
      guard shape.channels / norm.groups * shape.area == 1 else { continue }
      throw ComponentError(
        field: Normalization.field.declaration.name,
        "the norm \(node.name) sees a single value of each channel, and makes it 0: use larger "
          + "images, less depth or another norm")
    }
    return self
  }
}
