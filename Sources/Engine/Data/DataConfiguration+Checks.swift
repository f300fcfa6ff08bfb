extension DataConfiguration {
  /// - Throws: ``DataError`` for settings that do not go together; no file is opened.
  func check() throws(DataError) {
    try ClassNames.check(classes)
    var problems: [DataProblem] = []
    if channels != 1, channels != 3 {
      problems.append(DataProblem("data.channels is \(channels): images have 1 (grey) or 3 (RGB)"))
    }
    if let range, !(range.lower < range.upper && (range.upper - range.lower).isFinite) {
      problems.append(DataProblem("data.range needs two numbers, the lower first"))
    }
    if classes.count > labelling.maximumClasses {
      problems.append(
        DataProblem(
          "data.labels is \(labelling): \(classes.count) classes are named, at most "
            + "\(labelling.maximumClasses) are possible"))
    }
    if case .generated = source, labelling == .multiple {
      problems.append(
        DataProblem("data.labels is multiple, but generated scenes have one class a pixel"))
    }
    switch normalization {
    case .imagenet where channels != 3:
      problems.append(
        DataProblem("the imagenet mean is of 3 channels: set data.channels to 3, or use dataset"))
    case .fixed(let mean, let deviation):
      if mean.count != channels || deviation.count != channels {
        problems.append(
          DataProblem(
            "data.normalize needs \(channels) numbers in mean and in std, one for each channel"))
      }
      if !deviation.allSatisfy({ $0 > 0 && $0.isFinite }) || !mean.allSatisfy(\.isFinite) {
        problems.append(DataProblem("data.normalize needs a std above 0"))
      }
    case .dataset, .imagenet, .none: break
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }
}

extension DataConfiguration.Normalization {
  /// Mean and deviation of values in 0…1.
  func resolved(_ pixels: PixelStatistics) -> (mean: [Float], deviation: [Float]) {
    switch self {
    case .dataset: (pixels.mean.map(Float.init), pixels.deviation.map(Float.init))
    case .imagenet: ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    case .none:
      (Array(repeating: 0, count: pixels.channels), Array(repeating: 1, count: pixels.channels))
    case .fixed(let mean, let deviation): (mean.map(Float.init), deviation.map(Float.init))
    }
  }
}
