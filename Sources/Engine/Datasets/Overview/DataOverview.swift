package import Groundwork

/// What a data set holds, and what in it may be a mistake: counted once over every file.
package struct DataOverview: Sendable {
  package let sets: [SetOverview]
  /// What labels stand for: the classes in the order of their ids; where these are not known the values in
  /// the masks, ascending.
  package let classes: [LabelMeaning]
  /// True where the names of the classes are known.
  package let knowsClasses: Bool
  /// Different values in all masks, where the classes are not known; more than ``classes`` where only
  /// those that cover most are kept.
  package let values: Int
  /// What a training would refuse, in the order of the lists.
  package let problems: [DataProblem]
  /// What a check would warn of.
  package let warnings: [DataProblem]
  package let suspicions: [Suspicion]
  package let copies: [CopyGroup]
  package let duplicates: NearDuplicates
  /// Those of the first set.
  package let statistics: ClassStatistics

  package struct LabelMeaning: Sendable, Hashable {
    package let value: Int
    package let name: String
  }

  /// A sample by its set and its place in there, both from 0.
  package struct Place: Sendable, Hashable, Comparable {
    package let set: Int
    package let sample: Int

    package static func < (one: Place, other: Place) -> Bool {
      (one.set, one.sample) < (other.set, other.sample)
    }
  }

  package func sample(_ place: Place) -> ListedSample { sets[place.set].samples[place.sample] }

  package func overview(of place: Place) -> SampleOverview? {
    sets[place.set].overviews[place.sample]
  }

  package var places: [Place] {
    sets.indices.flatMap { set in
      sets[set].samples.indices.map { Place(set: set, sample: $0) }
    }
  }
}

/// What one set holds.
package struct SetOverview: Sendable {
  package let name: String
  /// The list, or the folder.
  package let path: String
  package let samples: [ListedSample]
  /// Of each sample, without the values of its channels; `nil` where an image could not be read.
  package internal(set) var overviews: [SampleOverview?] = []
  /// Sizes with the number of samples that have each, the most common first.
  package internal(set) var sizes: [(size: Size, samples: Int)] = []
  /// What the channels hold, in the order of the images of a sample; one list for each number of
  /// channels and depth that occurs.
  package internal(set) var images: [ImageKind] = []
  /// In the order of ``DataOverview/classes``.
  package internal(set) var labels: [LabelTotal] = []
  package internal(set) var pixels: UInt64 = 0
  package internal(set) var ignoredPixels: UInt64 = 0
  /// Samples whose masks were read.
  package internal(set) var masked = 0

  /// Images of one kind.
  package struct ImageKind: Sendable, Hashable {
    /// Which of the images of a sample, from 0.
    package let image: Int
    package let depth: PixelDepth
    package internal(set) var channels: [ChannelValues]
    package internal(set) var samples: Int
  }

  package struct LabelTotal: Sendable, Hashable {
    package internal(set) var pixels: UInt64 = 0
    /// Samples that show it.
    package internal(set) var images = 0
    package internal(set) var objects = 0
    package internal(set) var specks = 0
  }

  package var labelledPixels: UInt64 { pixels - ignoredPixels }
  package var unreadable: Int { overviews.count { $0 == nil } }

  /// The share of the labelled pixels that a class has; `nil` where none is labelled.
  package func share(of label: Int) -> Double? {
    labelledPixels > 0 ? Double(labels[label].pixels) / Double(labelledPixels) : nil
  }
}
