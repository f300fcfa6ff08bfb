@testable import Datasets
@testable import Groundwork
@testable import Learning
@testable import Measurements
import Testing
@testable import Training

@Suite("Labels that follow from predictions")
struct RelabelTests {
  private func settings(
    every: TrainingInterval = .epochs(1), threshold: Double = 0,
    duration: TrainingInterval = .epochs(4),
    postprocessing: [any Postprocessing] = []
  ) -> SmallTraining {
    SmallTraining(
      duration: duration,
      change: {
        $0.relabel = RelabelSettings(
          every: every,
          rules: RelabelRules(
            minimumIoU: 0, threshold: threshold, postprocessing: postprocessing))
      })
  }

  /// Scenes whose training masks are drawn of boxes around their objects.
  private func withBoxes(
    _ geometry: DataConfiguration.Geometry = .original, _ body: (SegmentationData) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let scenes = GeneratedScenes(
        train: 8, validation: 3, size: Size(height: 32, width: 40), classes: 3, seed: 1)
      try scenes.write(to: folder)
      var configuration = DataConfiguration(
        root: folder,
        source: .lists(
          train: SampleSources(file: GeneratedScenes.trainList),
          validation: .list(JudgedSets(SampleSources(file: GeneratedScenes.validationList)))),
        classes: scenes.classNames, ignore: [255], geometry: .original, channels: 3,
        normalization: .dataset)
      var images = try LabelledImages(configuration, seed: 1)
      var lines = ""
      for (index, sample) in images.train.enumerated() {
        let (image, labels) = try images.read(sample)
        let boxes = ObjectsOfMask(labels, size: image.size).boxes
        let mask = BoxMask(boxes, size: image.size).labels(inner: index < 4 ? 1 : 0.3)
        try ImageFile.write(
          Mask(size: image.size, ids: mask.map { $0 == Labels.ignoreIndex ? 255 : UInt8($0) }),
          to: "\(folder)/weak\(index).png")
        try FileBytes.write(Array(BoxFile(boxes).text.utf8), to: "\(folder)/weak\(index).txt")
        lines += "\(sample.imageName) weak\(index).png boxes=weak\(index).txt\n"
      }
      try FileBytes.write(Array(lines.utf8), to: "\(folder)/weak.txt")
      configuration.source = .lists(
        train: SampleSources(file: "weak.txt"),
        validation: .list(JudgedSets(SampleSources(file: GeneratedScenes.validationList))))
      configuration.geometry = geometry
      try body(try SegmentationData.load(configuration, seed: 1))
    }
  }

  /// Every measured value but times, and the digests, as text that tells all bits.
  private func measured(_ loop: TrainingLoop) throws -> [String] {
    var evaluations: [String] = []
    _ = try loop.run { event in
      if case .evaluationEnded(let report, _) = event {
        let values = report.measurements.filter { !$0.series.isWallTime }
          .map { "\($0.series.name)=\($0.values)" }
        evaluations.append("\(report.step) \(values) \(report.digests)")
      }
      return .proceed
    }
    return evaluations
  }

  @Test("a stage begins behind every so many steps, and its labels keep to the boxes")
  func stages() throws {
    try withBoxes { data in
      let loop = try TrainingLoop(settings().configuration, data: data)
      var (stages, changed): ([Double], [Double]) = ([], [])
      _ = try loop.run { event in
        if case .evaluationEnded(let report, _) = event {
          stages.append(report.value(of: "training.labels.stages") ?? -1)
          changed.append(report.value(of: "training.labels.changed") ?? -1)
        }
        return .proceed
      }
      #expect(stages == [0, 1, 2, 3])
      #expect(changed[0] == 0 && changed[1] > 0 && changed[1] < 1)
      let labels = try #require(loop.relabel).data
      for index in 0..<labels.count {
        let found = try labels.labels(index)
        let boxes = try #require(try labels.boxes(of: index))
        let front = BoxMask(boxes, size: labels.size).fronts
        #expect(zip(found, front).allSatisfy { $1 > 0 || $0 == 0 })
      }
    }
  }

  @Test("stopped after any step it goes on to the same bytes", arguments: [1, 2, 3, 4, 5])
  func continues(step: Int) throws {
    try withBoxes { data in
      let settings = settings(every: .iterations(2), threshold: 0.4)
      let straight = try measured(try TrainingLoop(settings.configuration, data: data))
      let first = try TrainingLoop(settings.configuration, data: data)
      var evaluations = 0
      _ = try first.run { event in
        if case .evaluationEnded = event { evaluations += 1 }
        if case .stepped(let report) = event, report.step == step { return .stop }
        return .proceed
      }
      let kept = KeptState(first.state)
      let second = try TrainingLoop(settings.configuration, data: data)
      try second.restore(step: kept.step, interval: kept.interval) { kept[TensorKey($0, $1)] }
      #expect(try measured(second) == Array(straight[evaluations...]))
    }
  }

  @Test("stopped while images are predicted it goes on as if it had not begun to")
  func stoppedInBetween() throws {
    try withBoxes { data in
      let settings = settings(every: .iterations(3))
      let straight = try measured(try TrainingLoop(settings.configuration, data: data))
      let first = try TrainingLoop(settings.configuration, data: data)
      var evaluations = 0
      let outcome = try first.run { event in
        if case .evaluationEnded = event { evaluations += 1 }
        if case .evaluating(let progress) = event, progress.samples == data.train.count {
          return .stop
        }
        return .proceed
      }
      #expect(outcome == .stopped && first.stepsDone == 3)
      let kept = KeptState(first.state)
      let second = try TrainingLoop(settings.configuration, data: data)
      try second.restore(step: kept.step, interval: kept.interval) { kept[TensorKey($0, $1)] }
      #expect(try measured(second) == Array(straight[evaluations...]))
    }
  }

  @Test("full masks stay as they are without boxes, and the training with them")
  func fullMasks() throws {
    try withScenes { data in
      let plain = try record(SmallTraining(duration: .epochs(3)), data)
      let relabelled = try record(settings(duration: .epochs(3)), data)
      #expect(plain.map(\.losses) == relabelled.map(\.losses))
    }
  }

  @Test("boxes are where an image's pixels are when it is resized or cut into patches")
  func geometries() throws {
    let size = Size(height: 16, width: 20)
    for geometry in [
      DataConfiguration.Geometry.resize(size), .crop(size), .patches(Patches(size: size)),
    ] {
      try withBoxes(geometry) { data in
        for index in 0..<data.train.count {
          let front = BoxMask(try #require(try data.train.boxes(of: index)), size: size).fronts
          let labels = try data.train.labels(index)
          let outside = zip(labels, front).filter { $1 == 0 }
          // Resized masks and boxes are rounded apart.
          let strays = if case .resize = geometry { 20 } else { 0 }
          #expect(outside.count { $0.0 != 0 && $0.0 != Labels.ignoreIndex } <= strays)
          #expect(zip(labels, front).contains { $0 > 0 && $1 > 0 } || front.allSatisfy { $0 == 0 })
        }
        _ = try record(settings(duration: .epochs(2)), data)
      }
    }
  }

  @Test("other tasks, and regions of what counts, are refused")
  func refused() throws {
    try withScenes { data in
      var configuration = try settings().configuration
      let shape = DataShape(
        trainingSize: Size(height: 32, width: 40), validationSize: Size(height: 32, width: 48),
        channels: 3, classes: 3)
      #expect(throws: TrainingError.self) { try TrainingPlans(configuration, shape: shape) }
      #expect(throws: TrainingError.self) { try configuration.check(ranks: 2) }
      configuration.relabel = nil
      _ = try TrainingPlans(configuration, shape: DataShape(data))
    }
  }
}
