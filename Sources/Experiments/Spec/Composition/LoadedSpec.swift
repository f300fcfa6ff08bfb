internal import Datasets
internal import Foundation
internal import Tracking

/// A spec file that was read, with the overrides in it; ``plan()`` makes trials of it.
struct LoadedSpec: Sendable {
  let source: SourceText
  /// The files that it builds on; later ones win.
  let bases: [SourceText]
  /// Absolute: the file's own folder, where relative paths start.
  let folder: String
  /// The tree that the files make together, with the overrides applied.
  let tree: YAMLNode
  let overrides: SpecOverrides
  let catalog: ComponentCatalog
  /// The folder of the records, where runs that trials begin with are looked for; `nil` for nowhere.
  let results: String?
  /// Everything that is wrong already; ``plan()`` adds to it.
  let problems: [SpecDiagnostic]

  /// The file's name without its folder.
  var name: String { URL(fileURLWithPath: source.name).lastPathComponent }
}

extension ExperimentSpec {
  /// Reads a spec file and the overrides that were given with it.
  ///
  /// - Parameters:
  ///   - path: the path of the file, relative to the working directory.
  ///   - overrides: texts `path=value`, the value as YAML.
  ///   - results: the folder of the records, whose runs may be begun with.
  /// - Throws: ``SpecErrors`` where the file cannot be read as YAML. Everything else that is wrong
  ///   is found by ``LoadedSpec/plan()``, all at once.
  static func load(
    path: String, overrides: [String] = [], catalog: ComponentCatalog = .standard,
    results: String? = nil
  ) throws(SpecErrors) -> LoadedSpec {
    let source: SourceText
    do throws(YAMLError) { source = try .file(path) } catch { throw SpecErrors(error) }
    let file = Path.absolute(path, in: FileManager.default.currentDirectoryPath)
    return try load(
      source, folder: URL(fileURLWithPath: file).deletingLastPathComponent().path,
      overrides: overrides, catalog: catalog, results: results)
  }

  /// The same for a text that was read already.
  static func load(
    _ source: SourceText, folder: String, overrides: [String] = [],
    catalog: ComponentCatalog = .standard, results: String? = nil
  ) throws(SpecErrors) -> LoadedSpec {
    let files: BaseFiles
    do throws(YAMLError) { files = try BaseFiles(of: source) } catch { throw SpecErrors(error) }
    guard files.isWhole else { throw SpecErrors(files.problems) }
    let overrides = SpecOverrides(overrides)
    var tree = files.tree
    var problems = files.problems + overrides.problems
    for assignment in overrides.assignments {
      do throws(SpecDiagnostic) { tree = try assignment.applied(to: tree) } catch {
        problems.append(error)
      }
    }
    return LoadedSpec(
      source: source, bases: files.sources, folder: folder, tree: tree, overrides: overrides,
      catalog: catalog, results: results, problems: problems)
  }
}
