/// The kind of a fault of a spec or its data, by the code that messages show: `E0101`.
///
/// A code keeps its meaning; one that is no longer used is not given to another kind. Those with `E` are errors,
/// those with `W` warnings. ``DiagnosticExplanation/all`` says of each what it means.
enum DiagnosticCode: String, CaseIterable, Sendable, Codable {
  // What the file is.
  case unreadableFile = "E0001"
  case brokenYAML = "E0002"
  case misleadingCharacter = "E0003"
  case unsupportedYAML = "E0004"
  case excess = "E0005"
  case repeatedKey = "E0006"

  // Keys.
  case unknownKey = "E0101"
  case missingKey = "E0102"
  case excludingKeys = "E0103"
  case missingValue = "E0104"
  case idleKey = "E0105"

  // Single values.
  case wrongType = "E0201"
  case outOfRange = "E0202"
  case unknownName = "E0203"
  case wrongNotation = "E0204"
  case emptyCollection = "E0205"
  case repeatedName = "E0206"
  case refusedValue = "E0207"

  // Files that build on each other, and `--set`.
  case missingBase = "E0301"
  case circularBase = "E0302"
  case idleReplacement = "E0303"
  case unsettablePath = "E0304"
  case undoneOverride = "E0305"

  // Sections against each other.
  case unfitSize = "E0401"
  case unfitAugmentation = "E0402"
  case unknownClass = "E0403"
  case unfitClasses = "E0404"
  case unfitMasks = "E0405"
  case unfitChannels = "E0406"
  case unfitLoss = "E0407"
  case unfitMetric = "E0408"
  case untrainedHead = "E0409"
  case idlePattern = "E0410"
  case missingSeries = "E0411"
  case unfitDevice = "E0412"
  case unusableWeights = "E0413"
  case unusableRun = "E0414"
  case unfitTask = "E0415"
  case unfitBatch = "E0416"
  case excessiveMemory = "E0417"
  case unreachedTiming = "E0418"
  case moreRanksThanBatches = "E0419"

  // The sweep.
  case noTrials = "E0501"
  case unsweepablePath = "E0502"
  case sweptTwice = "E0503"
  case tooManyTrials = "E0504"
  case sameTrial = "E0505"
  case endlessGrid = "E0506"
  case unequalValues = "E0507"
  case unfitCondition = "E0508"
  case unmetCondition = "E0509"
  case unfitStart = "E0510"
  case unusablePoints = "E0511"
  case unfitRange = "E0512"
  case unfitPruner = "E0513"
  case unfitMethod = "E0514"

  // The data.
  case unusableList = "E0601"
  case unusableSample = "E0602"
  case unlistedValue = "E0603"
  case unfitData = "E0604"

  // What is legal but hardly meant.
  case lateTiming = "W0401"
  case worseDirection = "W0402"
  case foreignPreprocessing = "W0403"
  case idleSetting = "W0404"
  case unusualRate = "W0405"
  case unevenRanks = "W0406"
  case oddData = "W0601"
}

extension DiagnosticCode {
  enum Severity: String, Sendable {
    /// Nothing is run.
    case error
    /// Everything is run as it is written, unless warnings are taken for errors.
    case warning
  }

  var severity: Severity { rawValue.hasPrefix("W") ? .warning : .error }

  /// `error[E0101]`, as messages begin.
  var label: String { label(severity) }

  /// - Parameter severity: another than the code's own where warnings are taken for errors.
  func label(_ severity: Severity) -> String { "\(severity.rawValue)[\(rawValue)]" }
}
