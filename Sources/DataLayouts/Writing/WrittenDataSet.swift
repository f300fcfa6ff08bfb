package import Groundwork

/// What was written of a data set, and what a starter spec has to know of it.
package struct WrittenDataSet: Sendable {
  package static let classFile = "classes.csv"
  package static let colorFile = "colors.csv"

  package let classes: [AnnotatedClass]
  package internal(set) var masks = AnnotatedDataSet.MaskFiles.ids
  package internal(set) var ignore: [Int] = []
  /// Names of colors that never count; ``colorFile`` has their colors besides those of the classes.
  package internal(set) var ignoredColors: [String] = []
  package internal(set) var channels: [Int]?
  package internal(set) var warnings: [String] = []
  /// Names of the lists; `validation` is `nil` where a part of `train` validates.
  package internal(set) var validation: String?
  package internal(set) var test: String?
  /// How many labelled images the parts have.
  package internal(set) var counts: [Part: Int] = [:]
  package internal(set) var unlabelled = 0
  /// How many masks were drawn, and images turned.
  package internal(set) var drawn = 0
  package internal(set) var turned = 0
  package internal(set) var hasInstances = false
  /// True where the lines of the lists name a mask of ids of objects besides that of classes.
  package internal(set) var tellsObjects = false
  /// How many objects lie partly under later ones.
  package internal(set) var coveredObjects = 0
  /// Of the images, how often each occurs; empty where none could be read, as of volumes.
  package internal(set) var sizes: [Size: Int] = [:]
  /// Of image files, how often each number of channels occurs.
  package internal(set) var channelCounts: [Int: Int] = [:]

  init(classes: [AnnotatedClass]) { self.classes = classes }

  mutating func note(_ head: ImageHead) {
    sizes[head.shownSize, default: 0] += 1
    channelCounts[head.channels, default: 0] += 1
  }
}
