internal import Foundation
internal import Groundwork

/// The samples that an overview is about, in sets: what trains, what validates, what tests, or lists.
package struct OverviewSource: Sendable {
  package let sets: [Set]
  package let reader: OverviewReader
  /// What a spec says of the data; `nil` where there is none.
  package let configuration: DataConfiguration?
  /// Training and validation samples of a spec as the checks before a training take them.
  let catalogue: Catalogue?
  /// What is wrong with lists that could not be read.
  package let problems: [DataProblem]

  package struct Set: Sendable {
    /// `train`, `validation`, `test`, or the name of a list's file.
    package let name: String
    /// The list, or the folder.
    package let path: String
    package let samples: [ListedSample]
  }

  /// The sets of a spec. Folds are parts of one set: which of them validates changes from trial to trial.
  ///
  /// - Parameters:
  ///   - seed: the seed of the random choice of validation samples, where there is one.
  ///   - test: the sets that neither train nor validate; `nil` for none.
  /// - Throws: ``DataError`` for settings that do not go together, and where no list can be read.
  package init(
    _ configuration: DataConfiguration, seed: UInt64, test: JudgedSets?
  ) throws(DataError) {
    try configuration.check()
    if case .generated(let scenes, let folder) = configuration.source {
      try scenes.write(to: folder)
    }
    var problems = ProblemList()
    var (sets, catalogue) = ([Set](), Catalogue?.none)
    do throws(DataError) {
      let found = try Catalogue(configuration, seed: seed)
      catalogue = found
      func path(_ samples: [ListedSample]) -> String { samples.first?.list ?? "" }
      if case .lists(_, .fold(_, let folds)) = configuration.source {
        let all = (found.train + found.validation).sorted { $0.number < $1.number }
        sets = [Set(name: "train (\(folds) folds)", path: path(all), samples: all)]
      } else {
        sets = [Set(name: "train", path: path(found.train), samples: found.train)]
        let validating = Dictionary(grouping: found.validation, by: \.set)
        sets += validating.sorted { ($0.key ?? "") < ($1.key ?? "") }.map { name, samples in
          Set(name: Self.name("validation", name), path: path(samples), samples: samples)
        }
      }
    } catch {
      problems.add(error.problems)
    }
    for set in test?.sets ?? [] {
      do throws(DataError) {
        let listing = try Listing(set.sources, configuration)
        sets.append(
          Set(name: Self.name("test", set.name), path: listing.name, samples: listing.samples))
      } catch {
        problems.add(error.problems)
      }
    }
    guard !sets.isEmpty else { throw DataError(problems.all) }
    self.sets = sets
    self.problems = problems.all
    self.catalogue = catalogue
    self.configuration = configuration
    reader = OverviewReader(configuration)
  }

  /// `test`, or `test.near` of several.
  private static func name(_ role: String, _ set: String?) -> String {
    set.map { "\(role).\($0)" } ?? role
  }

  /// Lists and folders that no spec goes with, a set each.
  ///
  /// - Throws: ``DataError`` with everything that is wrong with any of them.
  package init(lists paths: [String]) throws(DataError) {
    var problems = ProblemList()
    var sets: [Set] = []
    var images = 1
    for path in paths {
      do throws(DataError) {
        let samples = try Self.samples(in: path)
        images = max(images, samples.map(\.images.count).max() ?? 1)
        let last = (path as NSString).lastPathComponent
        var name = last.hasSuffix(".txt") ? String(last.dropLast(4)) : last
        if sets.contains(where: { $0.name == name }) { name = path }
        sets.append(Set(name: name, path: path, samples: samples))
      } catch {
        problems.add(error.problems)
      }
    }
    guard problems.all.isEmpty else { throw DataError(problems.all) }
    self.sets = sets
    self.problems = []
    (catalogue, configuration) = (nil, nil)
    reader = OverviewReader(images: ImageStack(images: Array(repeating: 3, count: images)))
  }

  private static func samples(in path: String) throws(DataError) -> [ListedSample] {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard !(exists && isFolder.boolValue) else {
      return try UnlabelledImages([path], root: nil, stack: ImageStack(channels: 3)).samples
    }
    // The first line says how many images and masks each names.
    let fields = try TextLines(path: path).content.first.flatMap { ListLine($0.text)?.fields } ?? []
    let stack = ImageStack(images: Array(repeating: 3, count: max(1, fields.first?.count ?? 1)))
    guard fields.count > 1, !fields[1][0].contains("=") else {
      return try UnlabelledImages([path], root: nil, stack: stack).samples
    }
    return try ListFile(path: path, root: nil, stack: stack, masks: fields[1].count).samples
  }
}
