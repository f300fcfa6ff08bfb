/// A mapping of the spec with its keys, as the reference shows it to people.
///
/// Sections are decoded by hand, in the files of their names in `Spec`. This table repeats in words
/// which keys those decoders accept; `SpecSectionsTests` asks the decoders and holds the two together.
struct SpecSection: Sendable {
  /// The path in the spec, such as `data.patches`; empty for the top level.
  let path: String
  /// One sentence that says what the section is for.
  let about: String
  let keys: [Key]

  struct Key: Sendable {
    let name: String
    /// What may be written.
    let type: String
    let presence: Presence
    /// What the key does.
    let about: String
  }

  enum Presence: Sendable {
    case required
    /// The key may be left out, and then nothing takes its place.
    case optional
    /// The key may be left out, and then this value holds.
    case standard(String)
  }

  init(_ path: String, _ about: String, _ keys: [Key]) {
    self.path = path
    self.about = about
    self.keys = keys
  }
}

extension SpecSection.Key {
  static func required(_ name: String, _ type: String, _ about: String) -> Self {
    Self(name: name, type: type, presence: .required, about: about)
  }

  static func optional(_ name: String, _ type: String, _ about: String) -> Self {
    Self(name: name, type: type, presence: .optional, about: about)
  }

  static func standard(_ name: String, _ type: String, _ value: String, _ about: String) -> Self {
    Self(name: name, type: type, presence: .standard(value), about: about)
  }
}

extension SpecSection {
  /// Every section, in the order in which a spec is usually written.
  static let all = [root] + data + network + training + sweep

  private static let root = SpecSection(
    "", "A spec is one YAML file. These are its top-level keys.",
    [
      .required("experiment", "word", "The name of the experiment's folder under `results/`."),
      .optional(
        "base", "path or list of paths",
        "Files that this one builds on: later ones win, and this one over all; mappings merge."),
      .optional("about", "text", "The question that the experiment asks."),
      .standard("tags", "list of words", "[]", "Words by which people find the experiment."),
      .standard("seed", "integer at least 0", "1", "Every random draw follows from the seed."),
      .required("data", "section", "What the network learns from."),
      .standard(
        "task", "semantic | multilabel", "semantic",
        "What the network answers: one class a pixel, or any number of classes."),
      .required("template", "NAME, or section", "The network architecture."),
      .optional(
        "weights", "path | RUN | section",
        "What the network begins with, in place of random numbers."),
      .required("losses", "NAME, or list of losses", "The losses whose weighted sum is minimized."),
      .required("solver", "section", "The rule that updates the weights, and its learning rate."),
      .standard(
        "augmentation", "list of augmentations", "none",
        "Random changes of training samples, applied in the written order."),
      .required("training", "section", "How long training lasts, and how it is computed."),
      .standard(
        "evaluation", "section", "every epoch", "How often the validation set is judged, and how."),
      .standard(
        "checkpoints", "section", "every evaluation", "How often the weights are kept."),
      .standard("limits", "section", "no limits", "What one trial may use of the machine."),
      .optional("sweep", "section", "Which settings vary; without it there is one trial."),
    ])
}
