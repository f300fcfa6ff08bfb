internal import Datasets
internal import Groundwork
internal import Tracking

/// What the images of a run are, as far as its record tells: what a program that runs the network must
/// know.
struct RunInput {
  /// Of the samples that evaluations show the network; `nil` where the files decide it.
  let extent: SpatialExtent?
  let channels: Int
  let classNames: [String]
  /// `nil` where it was measured and is not recorded.
  let normalization: Normalization?
  /// What the samples of images are: `uint8`, `uint16` or `float32`; `nil` where the files decide it.
  let samples: String?
  /// For each channel, which value of an image is 0 and which is 1; `nil` where the files decide it.
  let ranges: [ClosedRange<Double>]?
  /// What values outside become the ends of; `nil` where they are taken as they are.
  let limits: ClosedRange<Double>?

  /// The mean and the standard deviation of values of 0…1, for each channel.
  struct Normalization {
    let mean: [Double]
    let deviation: [Double]
  }

  /// What a run's record has.
  init(_ record: InputRecord, _ data: DataSection) {
    extent = record.trainedInput?.extent
    (channels, samples) = (record.channels.count, record.samples)
    classNames = record.classes.map(\.name)
    normalization = Normalization(
      mean: record.channels.map(\.mean), deviation: record.channels.map(\.std))
    ranges = record.channels.map { $0.black...$0.white }
    limits = data.range.flatMap { range in
      range.clips && record.samples != "uint8" ? range.lower...range.upper : nil
    }
  }

  /// What the spec writes, for records that were made before they had more.
  init(_ data: DataSection) {
    extent = data.knownExtent?.extent
    (channels, classNames) = (data.channels, data.classNames)
    normalization = Normalization.written(data.normalization, data.stack)
    let range: DataConfiguration.ValueRange?
    if case .generated = data.source {
      (range, samples) = (.bytes, "uint8")
    } else {
      (range, samples) = (data.range, nil)
    }
    let count = data.channels
    ranges = range.map { Array(repeating: $0.lower...$0.upper, count: count) }
    limits = range.flatMap { $0.clips ? $0.lower...$0.upper : nil }
  }
}

extension RunInput.Normalization {
  /// What a spec writes; `nil` where the data set's own is measured.
  fileprivate static func written(
    _ normalization: DataConfiguration.Normalization, _ stack: ImageStack
  ) -> RunInput.Normalization? {
    let (mean, deviation): ([Double], [Double])
    switch normalization {
    case .dataset: return nil
    case .none: (mean, deviation) = (stack.images.channels(of: [0]), stack.images.channels(of: [1]))
    case .imagenet:
      mean = stack.images.channels(of: [0.485, 0.456, 0.406])
      deviation = stack.images.channels(of: [0.229, 0.224, 0.225])
    case .fixed(let given, let givenDeviation): (mean, deviation) = (given, givenDeviation)
    }
    return RunInput.Normalization(
      mean: stack.repeated(mean), deviation: stack.repeated(deviation))
  }
}

extension [Int] {
  /// Values for the channels of images of so many channels each, over and over.
  fileprivate func channels(of values: [Double]) -> [Double] {
    flatMap { count in (0..<count).map { values[$0 % values.count] } }
  }
}
