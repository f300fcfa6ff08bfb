internal import Digest
internal import Engine

/// A spec in canonical JSON: what a record keeps of a trial, and what its id is made of.
///
/// The text is the spec language itself with every default written out, and one key more: `folder`,
/// the absolute folder that relative paths of `data` start from, so that a trial can be repeated
/// from anywhere.
///
/// The identity is the text without what does not decide results: how the experiment is called and
/// described, the limits, `folder`, and what of `training` trades time for memory. Paths count as they were written, so that a copy of a spec
/// together with its data has the same trials.
struct ResolvedSpec: Sendable, Hashable {
  let text: String
  let identity: String

  init(_ spec: ExperimentSpec) {
    var entries: [String: CanonicalJSON] = [
      "seed": .integer(spec.seed), "data": spec.data.canonical,
      "template": spec.template.canonical, "losses": spec.losses.canonical,
      "solver": spec.solver.canonical, "augmentation": spec.augmentation.canonical,
      "training": spec.training.canonical, "evaluation": spec.evaluation.canonical,
      "checkpoints": spec.checkpoints.canonical,
    ]
    identity = CanonicalJSON.object(entries).text
    entries["experiment"] = .text(spec.experiment)
    entries["about"] = spec.about.map { .text($0) }
    entries["tags"] = .list(spec.tags.map { .text($0) })
    entries["training"] = spec.training.resolved
    entries["limits"] = spec.limits.canonical
    entries[Self.folderKey] = .text(spec.folder)
    text = CanonicalJSON.object(entries).text
  }

  /// The first 16 hexadecimal digits of the identity's SHA-256.
  var id: String { String(SHA256.hex(of: identity).prefix(16)) }

  fileprivate static let folderKey = "folder"
}

extension ExperimentSpec {
  /// The spec that a ``ResolvedSpec`` was made of, from its text alone.
  ///
  /// - Throws: ``SpecErrors`` where the text is damaged, or names what this program lacks.
  init(resolved text: String, catalog: ComponentCatalog = .standard) throws(SpecErrors) {
    let source = SourceText(name: "resolved spec", text: text)
    let root: YAMLNode
    do throws(YAMLError) { root = try YAMLParser.parse(source, allowsControls: true) } catch {
      throw SpecErrors(error)
    }
    guard let entries = root.entries, let folder = root[ResolvedSpec.folderKey]?.scalar?.text else {
      throw SpecErrors([
        SpecDiagnostic("missing key '\(ResolvedSpec.folderKey)'", at: Mark(whole: source))
      ])
    }
    let tree = YAMLNode(
      content: .mapping(entries.filter { $0.key != ResolvedSpec.folderKey }), mark: root.mark)
    var classes = ClassFiles()
    let reading = SpecReading(catalog: catalog, source: source, folder: folder)
    let (spec, problems) = reading.read(tree, classes: &classes)
    guard let spec else { throw SpecErrors(problems) }
    self = spec
  }
}
