@testable import Datasets
@testable import Experiments
import Testing
@testable import Tracking

/// Augmentations as specs write them, with the components that the program ships.
@Suite struct AugmentationSpecTests {
  private func trial(_ augmentation: String) throws(SpecErrors) -> Trial {
    let text = """
      experiment: shapes
      data: {generated: {train: 8, validation: 2, size: [96, 128], classes: 4}}
      template: unet
      losses: dice
      solver: {type: SGD, base_lr: 0.01}
      augmentation: \(augmentation)
      training: {epochs: 3}
      """
    return try ExperimentSpec.load(SourceText(name: "a.yaml", text: text), folder: "/specs")
      .plan().trials[0]
  }

  private func problem(_ augmentation: String) -> String {
    do throws(SpecErrors) {
      _ = try trial(augmentation)
      return ""
    } catch {
      return error.diagnostics.map { "\($0.message) (\($0.remedy ?? ""))" }.joined(separator: "; ")
    }
  }

  @Test func `fields that came later are no part of an identity at their defaults`() throws {
    let plain = try trial("[mirror, {rotate: {degrees: 10}}, {random_crop: {size: [64, 64]}}]")
    #expect(
      plain.record.resolvedSpec.hasPrefix(
        #"{"augmentation":[{"mirror":{"probability":0.5}},"#
          + #"{"rotate":{"degrees":10.0,"probability":0.5}},"#
          + #"{"random_crop":{"size":[64,64]}}],"#))
    let written = try trial(
      "[{mirror: {axis: horizontal}}, {rotate: {border: constant}}, "
        + "{random_crop: {size: [64, 64], pad: none}}]")
    #expect(written.id == plain.id)
    #expect(try trial("{mirror: {axis: vertical}}").id != trial("mirror").id)
    let again = try Trial(trial("{rotate: {border: reflect}}").record)
    #expect(try again.id == trial("{rotate: {border: reflect}}").id)
  }

  @Test func `lists of names mean the same in any order`() throws {
    let some = try trial("{noise: {effects: [jpg, clahe]}}")
    #expect(try some.id == trial("{noise: {effects: [clahe, jpg]}}").id)
    #expect(try some.id != trial("noise").id)
    #expect(problem("{noise: {effects: [blur]}}").contains("unknown effects 'blur'"))
    #expect(problem("{noise: {effects: []}}").contains("must not be empty"))
    #expect(problem("{noise: {effects: [jpg, jpg]}}").contains("names jpg a second time"))
  }

  @Test func `ranges have two ends, in order and within bounds`() {
    #expect(problem("{gamma: {power: [0.5, 2]}}").isEmpty)
    #expect(problem("{gamma: {power: [2, 0.5]}}").contains("write the lowest first"))
    #expect(problem("{gamma: {power: [1]}}").contains("lowest and the highest number, not 1"))
    #expect(problem("{gamma: {power: 1}}").contains("must be a list"))
    #expect(problem("{gamma: {power: [0, 2]}}").contains("0.05"))
    #expect(problem("{jpeg: {quality: [50.2, 50.8]}}").contains("holds no whole number"))
  }

  @Test func `what mixes labels is written last and once`() throws {
    #expect(problem("[mirror, {mixup: {alpha: 0.4}}]").isEmpty)
    #expect(
      try trial("mixup").record.resolvedSpec.contains(
        #""augmentation":[{"mixup":{"alpha":0.2,"probability":1.0}}]"#))
    #expect(
      problem("[mixup, mirror]")
        == "augmentation.mixup: mirror comes after it, but would have to change two planes of "
        + "labels: write mixup last ()")
    #expect(problem("[mixup, mixup]").contains("write mixup once, at the end"))
    #expect(problem("{mixup: {alpha: 0}}").contains("above 0"))
  }

  @Test func `what does not fit the images is said with a remedy`() {
    #expect(problem("rotate90").contains("images of 96×128 are not square: use turns: half"))
    #expect(problem("{rotate90: {turns: half}}").isEmpty)
    #expect(problem("[{random_crop: {size: [96, 96]}}, rotate90]").isEmpty)
    #expect(problem("{crop_size: {side: 112}}").contains("112 is larger than the images"))
    #expect(problem("{random_crop: {size: [128, 128]}}").contains("or pad: reflect101"))
    #expect(problem("{random_crop: {size: [128, 128], pad: reflect101}}").isEmpty)
    // The network halves four times: what is padded is checked as what is cut.
    #expect(problem("{reflect_pad: {multiple: 50}}").contains("not divisible by 16"))
  }
}
