internal import Datasets
internal import Groundwork

/// `data`: what is learned from. Paths are kept as they were written.
struct DataSection: Sendable, Hashable {
  /// The folder that lists and their entries are relative to.
  var root: String?
  var source: Source
  var classes: Classes
  var classColours = ClassColours.standard
  /// What the pixels of masks say.
  var masks = MaskSetting.classIDs
  /// Mask values that never count, ascending.
  var ignore: [Int]
  /// Names of `data.colors` whose colours never count, ascending.
  var ignoredNames: [String] = []
  var geometry: DataConfiguration.Geometry
  /// What images a sample has, and in how many channels.
  var stack: ImageStack
  var normalization: DataConfiguration.Normalization
  var sampling: DataConfiguration.Sampling?
  /// What stays together when a part of the training list is held back.
  var groups = DataConfiguration.Groups.volumes
  /// The folder of the masks of what counts.
  var roi: String?
  /// What neither trains nor validates, for the judgement of what was trained.
  var test: JudgedSets?
  var range: DataConfiguration.ValueRange?
  /// Which pixels of images hold nothing.
  var noData: DataConfiguration.NoData?
  /// How images become another size, where they do.
  var resizing = DataConfiguration.Resizing.antialiased

  enum Source: Sendable, Hashable {
    case lists(train: SampleSources, validation: Validation)
    case generated(GeneratedScenes)
  }

  enum Validation: Sendable, Hashable {
    case list(JudgedSets)
    /// A seeded choice of this part of the training list.
    case fraction(Double)
    /// Equal parts of the training list, each of which validates in turn: `fold`, from 1, or all of
    /// them, which are as many trials.
    case folds(Int, fold: Int?)
  }

  enum Classes: Sendable, Hashable {
    /// A file with a name a line, not read yet.
    case file(String)
    case names([String])
  }

  /// The number of channels of the network's input.
  var channels: Int { stack.channels }

  /// The names of the classes, in the order of their ids; a class file must have been read.
  var classNames: [String] {
    guard case .names(let names) = classes else {
      preconditionFailure("the class file was not read")
    }
    return names
  }

  /// The names of the sets that validate; none where they have no names.
  var validationSets: [String] {
    if case .lists(_, .list(let sets)) = source { sets.names } else { [] }
  }

  /// How many trials a point takes: the number of folds, where all of them are meant.
  var trials: Int {
    if case .lists(_, .folds(let folds, nil)) = source { folds } else { 1 }
  }

  /// Which part of the training list validates, from 1; `nil` where there are no folds, or all of
  /// them are meant.
  var fold: Int? {
    get { if case .lists(_, .folds(_, let fold)) = source { fold } else { nil } }
    set {
      guard case .lists(let train, .folds(let folds, _)) = source else { return }
      source = .lists(train: train, validation: .folds(folds, fold: newValue))
    }
  }
}
