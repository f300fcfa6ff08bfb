internal import Groundwork

extension DataConfiguration {
  /// - Throws: ``DataError`` for settings that do not go together; no file is opened.
  package func check() throws(DataError) {
    try ClassNames.check(classes, bounds: reading.classBounds)
    var problems: [DataProblem] = []
    if stack.images.isEmpty {
      problems.append(DataProblem("data.channels is empty: a sample has at least one image"))
    }
    let most = ImageStack.maximumChannels
    for channels in stack.images where !(1...most).contains(channels) {
      problems.append(DataProblem("data.channels is \(channels): images have 1 to \(most)"))
    }
    if stack.slices.before < 0 || stack.slices.after < 0 || stack.slices.spacing < 1 {
      problems.append(
        DataProblem("data.slices needs before and after of 0 or more, and spacing of 1 or more"))
    }
    if case .patches(let patches) = geometry {
      if patches.haveDepth, stack.slices.count > 1 {
        problems.append(
          DataProblem(
            "data.slices shows neighbors as channels, and data.patches of three numbers are volumes: "
              + "leave one of the two out"))
      }
      problems += patches.problems + patches.balance.problems(classes: classes)
    }
    problems += problemsOfPoints
    if let range, !(range.lower < range.upper && (range.upper - range.lower).isFinite) {
      problems.append(DataProblem("data.range needs two numbers, the lower first"))
    }
    if let classes = maskMeaning.classes, classes != self.classes.count {
      problems.append(
        DataProblem("data.values has \(classes) classes, but \(self.classes.count) are named"))
    }
    if case .generated = source, !reading.readsScenes {
      problems.append(
        DataProblem("task is \(reading.task), but generated scenes have one class a pixel"))
    }
    if !reading.masksHoldClasses { problems += problemsOfSingleClasses }
    switch normalization {
    case .imagenet where !stack.images.allSatisfy { $0 == 3 }:
      problems.append(
        DataProblem("the imagenet mean is of 3 channels: set data.channels to 3, or use dataset"))
    case .fixed(let mean, let deviation):
      let channels = stack.images.reduce(0, +)
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

extension DataConfiguration {
  /// What does not fit masks of single classes.
  private var problemsOfSingleClasses: [DataProblem] {
    var problems: [DataProblem] = []
    if maskMeaning != .classIDs {
      problems.append(
        DataProblem("task is \(reading.task): masks of single classes are 0 where it is not"))
    }
    return problems
  }
}

extension DataConfiguration {
  /// What is of images, where samples are points.
  private var problemsOfPoints: [DataProblem] {
    guard let points = stack.points else { return [] }
    let isOfImages: [(String, Bool)] = [
      ("data.size, data.crop and data.patches", geometry != .original),
      ("data.roi", regions != nil), ("data.range", range != nil), ("data.no_data", noData != nil),
      ("data.slices and data.axes", stack.slices.count > 1 || stack.axes != nil),
      ("data.normalize: imagenet", normalization == .imagenet),
    ]
    var problems = isOfImages.filter(\.1).map {
      DataProblem("\($0.0) is of images, and data.points of points: leave one of the two out")
    }
    if stack.images != [points.channels] {
      problems.append(
        DataProblem("data.points makes \(points.channels) channels: leave data.channels out"))
    }
    return problems
  }
}

extension Patches {
  fileprivate var problems: [DataProblem] {
    var problems: [DataProblem] = []
    if steps.rank != extent.rank || (0..<extent.rank).contains(where: { steps[$0] > extent[$0] }) {
      problems.append(
        DataProblem(
          "data.patches.stride \(steps) is larger than their size \(extent): pixels between them "
            + "would never be seen"))
    }
    if !(0...1).contains(leastLabelled) {
      problems.append(DataProblem("data.patches.least_labelled must be from 0 to 1"))
    }
    return problems
  }
}
