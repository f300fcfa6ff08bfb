@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Measurements
@testable import Networks
import Testing
@testable import Tracking
@testable import WeightFiles

@Suite("Weights in specs")
struct WeightsSpecTests {
  private static let digest = String(repeating: "a", count: 64)

  private func plan(
    _ weights: String, normalize: String = "dataset", folder: String = "/specs"
  ) throws(SpecErrors) -> TrialPlan {
    let text = """
      experiment: tuned
      data: {train: t.txt, validation: v.txt, classes: [a, b], size: [64, 64], normalize: \(normalize)}
      template: {name: unet, encoder: vgg16}
      weights: \(weights)
      losses: cross_entropy
      solver: {type: SGD, base_lr: 0.01}
      training: {epochs: 3}
      """
    return try ExperimentSpec.load(SourceText(name: "a.yaml", text: text), folder: folder).plan()
  }

  private func complaint(_ weights: String, folder: String = "/specs") -> String {
    do throws(SpecErrors) {
      _ = try plan(weights, folder: folder)
      return ""
    } catch {
      return error.description
    }
  }

  private func warnings(_ weights: String, normalize: String = "dataset") throws -> [String] {
    try plan("{from: net.pth, sha256: \(Self.digest), \(weights)}", normalize: normalize)
      .warnings[0].map(\.description)
  }

  /// A folder with a checkpoint of one layer, `first`.
  private func withCheckpoint(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "weights-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let contents = CheckpointContents(
      EvaluationPoint(step: 1, epoch: 1),
      tensors: [
        TensorContents(
          group: "parameters", name: "first.bias", shape: [64],
          values: .init(repeating: 1, count: 64))
      ])
    try CheckpointFile.encode(contents).write(to: folder.appending(path: "first.h5"))
    try body(folder.path)
  }

  // MARK: - Names

  @Test(
    "a layer of weights.map that the network or the file lacks is an error with the nearest name")
  func layerNames() throws {
    try withCheckpoint { folder in
      let own = complaint("{from: first.h5, map: {encoder.conv1_11: first}}", folder: folder)
      #expect(own.contains("a.yaml:4:"))
      #expect(own.contains("weights.map: template unet has no layer 'encoder.conv1_11'"))
      #expect(own.contains("did you mean 'encoder.conv1_1'?"))
      let theirs = complaint("{from: first.h5, map: {encoder.conv1_1: fist}}", folder: folder)
      #expect(theirs.contains("weights.map: first.h5 has no layer 'fist'"))
      #expect(theirs.contains("did you mean 'first'?"))
      #expect(complaint("{from: first.h5, map: {encoder.conv1_1: first}}", folder: folder) == "")
    }
  }

  @Test("a pattern of freeze or lr_mult that no parameter fits is an error at its place")
  func patterns() {
    let digest = "sha256: \(Self.digest)"
    #expect(
      complaint("{from: a.pth, \(digest), freeze: [encode.*]}").contains(
        "weights.freeze.0: no parameter of template unet fits 'encode.*'"))
    #expect(
      complaint("{from: a.pth, \(digest), lr_mult: {stem*: 0.1}}").contains(
        "weights.lr_mult.stem*: no parameter of template unet fits 'stem*'"))
  }

  @Test("a file with another content than the spec says is an error at the digest")
  func digest() throws {
    try withCheckpoint { folder in
      #expect(
        complaint("{from: first.h5, sha256: \(Self.digest)}", folder: folder)
          .contains("weights.sha256 is not that of first.h5"))
    }
  }

  // MARK: - Preprocessing

  @Test("a normalization that the weights were not trained with is warned of, with what to write")
  func preprocessing() throws {
    let warnings = try warnings("preprocessing: imagenet")
    #expect(warnings.count == 1)
    #expect(warnings[0].contains("a.yaml:2:"))
    #expect(
      warnings[0].contains("warning[W0403]: data.normalize is dataset, and the weights net.pth"))
    #expect(warnings[0].contains("write normalize: imagenet in data"))
    #expect(try self.warnings("preprocessing: imagenet", normalize: "imagenet") == [])
    #expect(
      try self.warnings(
        "preprocessing: imagenet",
        normalize: "{mean: [0.48, 0.46, 0.41], std: [0.23, 0.224, 0.224]}")
        == [])
    #expect(try self.warnings("preprocessing: none", normalize: "none") == [])
  }

  @Test("the channels' order is warned of by itself")
  func order() throws {
    let normalize = WeightPreprocessing.caffe.normalization.written
    #expect(normalize.hasPrefix("{mean: [0.48502, 0.457957, 0.407604], std: [0.003922"))
    let warnings = try warnings("preprocessing: caffe", normalize: normalize)
    #expect(warnings.count == 1)
    #expect(warnings[0].contains("write input: rgb_to_bgr in weights"))
    #expect(
      try self.warnings("preprocessing: caffe, input: rgb_to_bgr", normalize: normalize) == [])
    #expect(
      try self.warnings("preprocessing: imagenet, input: rgb_to_bgr", normalize: "imagenet")[0]
        .contains("leave weights.input out"))
  }

  @Test(
    "what a warning says to write agrees with what was asked for",
    arguments: WeightPreprocessing.allCases)
  func remedy(preprocessing: WeightPreprocessing) throws {
    let order = preprocessing.isBGR ? "rgb_to_bgr" : "keep"
    #expect(
      try warnings(
        "preprocessing: \(preprocessing.rawValue), input: \(order)",
        normalize: preprocessing.normalization.written) == [])
  }

  @Test(
    "what is known of a format and an encoder needs not be written",
    arguments: [
      (WeightFormat.caffe, "vgg16", WeightPreprocessing.caffe),
      (.keras(.legacyWeights), "vgg16", .caffe), (.keras(.weights), "mobilenet_v2", .tf),
      (.torch(.archive), "efficientnet_lite0", .tfLite), (.safetensors, "resnet50", .imagenet),
      (.torch(.legacy), "xception65", nil), (.checkpoint, "vgg16", nil), (.caffe, nil, nil),
    ] as [(WeightFormat, String?, WeightPreprocessing?)])
  func known(format: WeightFormat, encoder: String?, expected: WeightPreprocessing?) {
    #expect(WeightPreprocessing.known(of: format, encoder: encoder) == expected)
  }

  @Test("the preprocessing that is named decides nothing of the result")
  func identity() throws {
    let pinned = "from: net.pth, sha256: \(Self.digest)"
    let plain = try plan("{\(pinned)}").trials[0]
    let named = try plan("{\(pinned), preprocessing: caffe}").trials[0]
    #expect(named.id == plain.id)
    #expect(named.record.resolvedSpec.contains(#""preprocessing":"caffe""#))
    let again = try ExperimentSpec(resolved: named.record.resolvedSpec)
    #expect(again.weights == named.spec.weights)
  }
}
