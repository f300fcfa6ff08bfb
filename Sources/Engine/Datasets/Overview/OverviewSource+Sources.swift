extension OverviewSource {
  /// Samples of which nobody has said what their masks mean.
  ///
  /// - Parameters:
  ///   - sets: with the names of the sets; at least one.
  ///   - root: the folder that paths start from.
  ///   - images: how many a sample has.
  ///   - threshold: from which value on a pixel is of the second class, where masks are shades; `nil` where
  ///     every value stands for itself.
  /// - Throws: ``DataError`` with what is wrong with any of them.
  package init(
    sets: [(name: String, sources: SampleSources)], root: String, images: Int, threshold: Int? = nil
  ) throws(DataError) {
    let stack = ImageStack(images: Array(repeating: 3, count: images))
    var configuration = DataConfiguration(
      root: root, source: .lists(train: sets[0].sources, validation: .fraction(0.5)), classes: [],
      ignore: [], geometry: .original, stack: stack, normalization: .none)
    if let threshold {
      configuration.maskMeaning = .threshold(threshold)
      configuration.classes = ["0", "1"]
    }
    var problems = ProblemList()
    var found: [Set] = []
    for set in sets {
      do throws(DataError) {
        let listing = try Listing(set.sources, configuration)
        found.append(
          Set(
            name: set.name, path: FilePath.resolve(listing.name, in: root), samples: listing.samples
          ))
      } catch {
        problems.add(error.problems)
      }
    }
    guard problems.all.isEmpty else { throw DataError(problems.all) }
    self.sets = found
    self.problems = []
    catalogue = nil
    self.configuration = threshold == nil ? nil : configuration
    reader = threshold == nil ? OverviewReader(images: stack) : OverviewReader(configuration)
  }
}
