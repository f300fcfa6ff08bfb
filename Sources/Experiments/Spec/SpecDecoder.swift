internal import Groundwork
internal import Tracking

/// Reads one spec strictly and keeps every problem it meets.
///
/// Sections read themselves from ``SpecValue``s, which report here; a reader goes on after a
/// problem with whatever stands in, and its section is `nil` in the end.
final class SpecDecoder {
  let catalog: ComponentCatalog
  private(set) var diagnostics: [SpecDiagnostic] = []
  private(set) var places: SpecPlaces
  /// Absolute: where relative paths of what is read start; `nil` where none is.
  let folder: String?
  /// What runs are judged by.
  let objective: Objective

  // What has been read already and later values depend on.

  /// `data.root`: what else is in `data` is relative to it.
  var dataRoot: String?
  /// The channels of each image of a sample.
  var imageChannels = DataSection.standard.stack.images
  /// The length of the training, whose unit bare numbers have.
  var trainingUnit: TrainingInterval?
  /// The values of a network that layers have given so far.
  var values: NamedValues?

  init(
    catalog: ComponentCatalog, source: SourceText, folder: String? = nil,
    objective: Objective = .standard
  ) {
    self.catalog = catalog
    self.objective = objective
    self.folder = folder
    places = SpecPlaces(source)
  }

  func report(
    _ code: DiagnosticCode, _ message: String, at mark: Mark, remedy: String? = nil
  ) {
    diagnostics.append(SpecDiagnostic(code, message, at: mark, remedy: remedy))
  }

  func note(_ path: SpecPath, at mark: Mark) { places[path] = mark }

  /// What the closure makes, or `nil` where it had a problem to report.
  func whole<Section>(_ read: () -> Section?) -> Section? {
    let problems = diagnostics.count
    let section = read()
    return diagnostics.count == problems ? section : nil
  }

  /// The root of a spec, as a value to read from.
  func root(_ node: YAMLNode) -> SpecValue {
    SpecValue(path: .root, node: node, place: places[.root], decoder: self)
  }
}
