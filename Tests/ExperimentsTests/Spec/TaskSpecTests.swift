@testable import Experiments
import Testing
@testable import Tracking

/// `task` with the components that the program ships.
@Suite struct TaskSpecTests {
  /// - Parameter task: `nil` where none is written.
  private func spec(_ task: String?, _ lines: String..., losses: String = "bce") -> String {
    """
    experiment: cells\(task.map { "\ntask: \($0)" } ?? "")
    data: {train: t.txt, validation: v.txt, classes: [cell, nucleus], size: [64, 64]}
    template: unet
    losses: \(losses)
    solver: {type: SGD, base_lr: 0.01}
    training: {epochs: 3}
    """ + lines.map { "\n\($0)" }.joined()
  }

  private func trial(_ text: String) throws(SpecErrors) -> Trial {
    try ExperimentSpec.load(SourceText(name: "a.yaml", text: text), folder: "/specs")
      .plan().trials[0]
  }

  private func problems(_ text: String) -> [String] {
    do throws(SpecErrors) {
      _ = try trial(text)
      return []
    } catch {
      return error.diagnostics.map {
        "\($0.mark.place) \($0.message)" + ($0.remedy.map { " (\($0))" } ?? "")
      }
    }
  }

  @Test func `semantic is the default and no part of an identity`() throws {
    let plain = try trial(spec(nil))
    #expect(!plain.record.resolvedSpec.contains("task"))
    #expect(try trial(spec("semantic")).id == plain.id)
    #expect(plain.spec.complete.text.contains(#""task":"semantic""#))
    let several = try trial(spec("multilabel"))
    #expect(several.id != plain.id)
    #expect(several.record.resolvedSpec.contains(#""task":"multilabel""#))
    #expect(try Trial(several.record).id == several.id)
    #expect(several.dataConfiguration(generatedFolder: "").reading.task == "multilabel")
    #expect(several.trainingConfiguration(threads: 1).task.name == "multilabel")
  }

  @Test func `what does not fit the task is refused where it stands`() {
    let refused = "needs one class a pixel, but the task is multilabel"
    #expect(
      problems(spec("multilabel", losses: "[bce, {dice: {weight: 0.5}}]"))
        == ["a.yaml:5:16 loss dice: \(refused): use bce"])
    #expect(
      problems(spec("multilabel", "evaluation: {metrics: [dice, kappa]}"))
        == ["a.yaml:8:30 metric kappa: \(refused): leave it out"])
    #expect(
      problems(spec("multilabel", "augmentation: [mirror, copy_paste]"))
        == ["a.yaml:8:24 augmentation.copy_paste: \(refused): use cutmix or mosaic"])
    #expect(
      problems(
        spec(
          "multilabel", "augmentation: {random_crop: {size: [32, 32], largest_class: 0.7}}"))
        == [
          "a.yaml:8:61 augmentation.random_crop.largest_class: \(refused): leave it out, "
            + "or use foreground"
        ])
    #expect(problems(spec("multilabel", "augmentation: [mirror, cutmix, mixup]")).isEmpty)
    #expect(problems(spec(nil, losses: "dice")).isEmpty)
  }

  @Test func `names of tasks, and what takes no masks of single classes, are checked`() {
    #expect(
      problems(spec("multilable")) == [
        "a.yaml:2:7 unknown task 'multilable' (did you mean 'multilabel'?)"
      ])
    #expect(
      problems(spec("volumes")).first?.contains("unknown task 'volumes'") == true)
    let many = spec("multilabel").replacing(
      "[cell, nucleus]", with: "[" + (0..<20).map { "c\($0)" }.joined(separator: ", ") + "]")
    #expect(problems(many).isEmpty)
    let drawn = spec("multilabel").replacing(
      "{train: t.txt, validation: v.txt, classes: [cell, nucleus], size: [64, 64]}",
      with: "{generated: {train: 8, validation: 2, size: [64, 64]}}")
    #expect(
      problems(drawn) == [
        "a.yaml:2:7 task is multilabel, but generated scenes have one class a pixel"
      ])
    let values = spec("multilabel").replacing("size: [64, 64]", with: "values: binary")
    #expect(
      problems(values).first?.contains(
        "data.values is for masks of one class a pixel, but the task is multilabel") == true)
  }

  @Test func `data.labels is an unknown key, and task is said in its place`() {
    let labels = spec(nil).replacing("size: [64, 64]", with: "size: [64, 64], labels: multiple")
    #expect(
      problems(labels).first?.hasSuffix(
        "unknown key 'labels' in data (write task: multilabel at the top where a pixel may be of "
          + "several classes)") == true)
  }

  @Test func `one class is enough where each is asked for by itself`() throws {
    func one(_ task: String?, losses: String = "bce") -> String {
      spec(task, losses: losses).replacing("[cell, nucleus]", with: "[polyp]")
    }
    #expect(problems(one("multilabel")).isEmpty)
    let message =
      "data.classes: 1 class is named, at least 2 are needed where every pixel is of one class"
    for losses in ["bce", "cross_entropy"] {
      #expect(
        problems(one(nil, losses: losses)) == [
          "a.yaml:2:50 \(message) (add background as the first class, or ask for every class by "
            + "itself with task: multilabel)"
        ])
    }
  }
}
