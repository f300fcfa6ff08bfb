internal import DataLayouts

/// What became of the look at data that is not described yet.
struct StarterReport: Encodable {
  let spec: String
  let experiment: String
  /// Labelled images, or slices, of each part.
  let samples: [String: Int]
  let classes: [String]
  let assumptions: [String]
  private let held: String
  private let cut: String
  private let parts: [String]
  private let training: String

  private enum CodingKeys: String, CodingKey {
    case spec, experiment, samples, classes, assumptions
  }

  init(_ data: StarterData, _ spec: StarterSpec, path: String) {
    (self.spec, experiment, classes) = (path, spec.name, data.masks.classes)
    samples = Dictionary(uniqueKeysWithValues: data.counts.map { ($0.part.rawValue, $0.count) })
    assumptions = spec.assumptions
    held = spec.masks.map { "\($0.yaml)" } ?? "the ids of the classes"
    cut = spec.geometry.entry(spec.sizes).yaml
    parts = data.counts.map { "\(Units.count($0.count)) for \($0.part.rawValue)" }
    training = "\(spec.epochs) epochs in batches of \(spec.batchSize); a trial \(spec.memory)"
  }

  func text(style: Style = .output) -> String {
    var facts = FactList()
    let split = samples[Part.validation.rawValue] == nil ? ", of which a part validates" : ""
    facts.add("samples", parts.joined(separator: ", ") + split)
    facts.add(
      "classes",
      "\(classes.count): \(classes.prefix(30).joined(separator: ", "))\(classes.count > 30 ? ", …" : "")"
    )
    facts.add("masks", held)
    facts.add("images", cut)
    facts.add("training", training)
    if !assumptions.isEmpty { facts.add("assumed", assumptions.joined(separator: "\n")) }
    facts.add("spec", spec)
    facts.add(
      "next",
      "experiments data \(ShellWord.quoted(spec))\nexperiments run \(ShellWord.quoted(spec))")
    return facts.text(style: style)
  }
}
