internal import Datasets
internal import Digest
internal import Learning
internal import Tasks
internal import Tracking

/// A spec in canonical JSON: what a record keeps of a trial, and what its id is made of.
///
/// The text is the spec language itself with every default written out, and one key more: `folder`,
/// the absolute folder that relative paths of `data` start from.
struct ResolvedSpec: Sendable, Hashable {
  let text: String
  /// The text without what does not decide results: how the experiment is called and described, where
  /// the data and the weights lie, the limits, what of `training` trades time for memory, how often it is evaluated
  /// and kept, and what is recorded besides.
  let identity: String

  init(_ spec: ExperimentSpec) {
    let purpose = SpecPurpose.identity(isSteered: spec.isSteeredByEvaluations)
    identity = CanonicalJSON.object(spec.entries(for: purpose)).text
    var entries = spec.entries(for: .record)
    entries[Self.folderKey] = .text(spec.folder)
    text = CanonicalJSON.object(entries).text
  }

  /// The id of the trial's settings, whatever data it is trained on: 16 hexadecimal digits.
  var settingsID: String { Self.id(of: identity) }

  /// The id of the trial with the data that its lists hold: the first 16 hexadecimal digits of the
  /// SHA-256 of a text. The text is the identity and, behind it, a line `name SHA-256` for each
  /// list.
  ///
  /// - Parameter data: the fingerprints of the lists; empty for scenes that the program draws,
  ///   which the identity describes.
  func id(data: [DataFingerprint]) -> String {
    Self.id(of: ([identity] + data.map { "\($0.name) \($0.sha256)" }).joined(separator: "\n"))
  }

  private static func id(of text: String) -> String { String(SHA256.hex(of: text).prefix(16)) }

  static let folderKey = "folder"
}

extension ExperimentSpec {
  /// Whether the learning rate or the end of the training follows from what evaluations measure.
  fileprivate var isSteeredByEvaluations: Bool {
    solver.schedule.monitoredSeries != nil || training.earlyStopping != nil
  }
}

extension ExperimentSpec {
  /// The spec that a ``ResolvedSpec`` was made of, from its text alone.
  ///
  /// - Parameters:
  ///   - overrides: what is set otherwise.
  ///   - isValidated: see ``SpecReading/isValidated``.
  /// - Throws: ``SpecErrors`` where the text is damaged, or names what this program lacks.
  init(
    resolved text: String, overrides: SpecOverrides = SpecOverrides([]),
    catalog: ComponentCatalog = .standard, isValidated: Bool = true
  ) throws(SpecErrors) {
    let source = SourceText(name: "resolved spec", text: text)
    let root: YAMLNode
    do throws(YAMLError) { root = try YAMLParser.parse(source, allowsControls: true) } catch {
      throw SpecErrors(error)
    }
    guard let entries = root.entries, let folder = root[ResolvedSpec.folderKey]?.scalar?.text else {
      throw SpecErrors([
        SpecDiagnostic(
          .missingKey, "missing key '\(ResolvedSpec.folderKey)'", at: Mark(whole: source))
      ])
    }
    var tree = YAMLNode(
      content: .mapping(entries.filter { $0.key != ResolvedSpec.folderKey }), mark: root.mark)
    var problems = overrides.problems
    for assignment in overrides.assignments {
      do throws(SpecDiagnostic) { tree = try assignment.applied(to: tree) } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else { throw SpecErrors(problems) }
    var classes = ClassFiles()
    let reading = SpecReading(
      catalog: catalog, source: source, folder: folder, isValidated: isValidated)
    let (spec, found, _) = reading.read(tree, classes: &classes)
    guard let spec else { throw SpecErrors(found) }
    self = spec
  }
}
