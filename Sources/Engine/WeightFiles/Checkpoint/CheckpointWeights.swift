/// The network in a checkpoint of this program: an HDF5 file with a dataset for each tensor, in the groups
/// `parameters` and `statistics`. The groups of the solver and of the weights before averaging are passed
/// over.
///
/// The shapes are those of ``StoredTensor`` already, and names end in roles: `encoder.conv1.weight`.
enum CheckpointWeights {
  static let format = "experiments checkpoint"
  static let version = 2
  private static let groups = ["parameters", "statistics"]

  /// Whether the attributes of the file's root say so.
  static func isLikely(_ objects: HDF5Objects) -> Bool {
    let root = try? HDF5Attributes(of: objects.root, objects)
    return (try? root?.text("format")) == format
  }

  /// - Parameter objects: those of a file that ``isLikely(_:)``.
  static func listing(of objects: HDF5Objects) throws(Refusal) -> WeightListing {
    let written = try HDF5Attributes(of: objects.root, objects).integer("format_version")
    guard written == version else {
      throw Refusal(
        "it is a checkpoint of the layout \(written.map(String.init) ?? "without a number"), and this "
          + "program reads layout \(version)",
        remedy: "use a checkpoint that this version of the program wrote")
    }
    var tensors: [StoredTensor] = []
    for name in groups {
      guard let group = try objects.find(name, from: objects.root) else { continue }
      for member in try objects.members(of: group) {
        try objects.spend()
        tensors.append(try tensor(member, objects))
      }
      guard tensors.count <= WeightListing.maximumCount else {
        throw Refusal.damaged("it has more than \(WeightListing.maximumCount) tensors")
      }
    }
    return WeightListing(format: .checkpoint, tensors: tensors)
  }

  private static func tensor(
    _ member: HDF5Member, _ objects: HDF5Objects
  ) throws(Refusal) -> StoredTensor {
    let dataset = try HDF5StoredDataset(at: member.address, objects, named: member.name)
    let name = DottedName(member.name)
    return StoredTensor(
      name: member.name, layer: name.layer, role: role(of: name.parameter), shape: dataset.shape,
      source: dataset.source)
  }

  private static func role(of parameter: String) -> StoredTensor.Role {
    switch parameter {
    case "weight": .weight
    case "bias": .bias
    case "scale": .scale
    case "shift": .shift
    case "mean": .mean
    case "variance": .variance
    case "slope": .slope
    default: .other(parameter)
    }
  }
}
