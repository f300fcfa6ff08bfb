internal import Datasets
internal import Groundwork
internal import ModelFiles

/// What the images of a run are, as far as its record tells: what a program that runs the network must
/// know.
struct RunInput {
  /// Of the images that evaluations show the network; `nil` where the files decide it.
  let size: Size?
  let channels: Int
  let classNames: [String]
  /// `nil` where it was measured and is not recorded.
  let normalization: Normalization?
  /// Which values of an image are 0 and 1; `nil` where the files decide it.
  let range: DataConfiguration.ValueRange?

  /// The mean and the standard deviation of values of 0…1, for each channel.
  struct Normalization {
    let mean: [Double]
    let deviation: [Double]
  }

  /// What the spec writes.
  init(_ data: DataSection) {
    size = data.knownSize?.size
    (channels, classNames) = (data.channels, data.classNames)
    normalization = Normalization.written(data.normalization, data.stack)
    if case .generated = data.source { range = .bytes } else { range = data.range }
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
