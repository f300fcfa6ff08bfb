package import Datasets

/// Where in a folder, or by which lists, samples to train on were found, and what was assumed of them.
package struct FoundData: Sendable {
  /// The folder that all paths start from.
  package let root: String
  /// The samples of each part; those that train always.
  package internal(set) var parts: [Part: SampleSources]
  /// How many images a sample has.
  package internal(set) var images = 1
  /// True where masks are of a format that changes values: shades of black and white, where there are two
  /// classes.
  package internal(set) var masksAreLossy = false
  /// The file that says what classes there are, relative to ``root``; `nil` where none does.
  package internal(set) var classFile: String?
  /// What was taken for granted: sentences without their points.
  package internal(set) var assumptions: [String] = []

  init(root: String, parts: [Part: SampleSources]) { (self.root, self.parts) = (root, parts) }

  static func isLossy(_ mask: String) -> Bool {
    ["jpg", "jpeg"].contains(SourceFolder.ending(of: mask))
  }
}

/// What a folder turned out to be.
package enum FoundFolder: Sendable {
  case data(FoundData)
  /// A data set of another tool, which is imported.
  case layout(any DataLayout.Type, reason: String)
}
