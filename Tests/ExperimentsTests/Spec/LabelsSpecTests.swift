import Testing

@testable import Engine
@testable import Experiments

/// `data.labels` with the components that the program ships.
@Suite struct LabelsSpecTests {
  private func spec(_ labels: String, _ lines: String..., losses: String = "bce") -> String {
    """
    experiment: cells
    data: {train: t.txt, validation: v.txt, classes: [cell, nucleus], size: [64, 64]\(labels)}
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

  @Test func `the default is no part of an identity`() throws {
    let plain = try trial(spec(""))
    #expect(!plain.record.resolvedSpec.contains("labels"))
    #expect(try trial(spec(", labels: exclusive")).id == plain.id)
    let several = try trial(spec(", labels: multiple"))
    #expect(several.id != plain.id)
    #expect(several.record.resolvedSpec.contains(#""labels":"multiple""#))
    #expect(try Trial(several.record).id == several.id)
    #expect(several.dataConfiguration(generatedFolder: "").labelling == .multiple)
    #expect(several.trainingConfiguration(threads: 1).labelling == .multiple)
  }

  @Test func `what needs one class a pixel is refused where it stands`() {
    let refused = "needs one class a pixel, but data.labels is multiple"
    #expect(
      problems(spec(", labels: multiple", losses: "[bce, {dice: {weight: 0.5}}]"))
        == ["a.yaml:4:16 loss dice: \(refused): use bce"])
    #expect(
      problems(spec(", labels: multiple", "evaluation: {metrics: [dice, kappa]}"))
        == ["a.yaml:7:30 metric kappa: \(refused): leave it out"])
    #expect(
      problems(spec(", labels: multiple", "augmentation: [mirror, copy_paste]"))
        == ["a.yaml:7:24 augmentation.copy_paste: \(refused): use cutmix or mosaic"])
    #expect(
      problems(
        spec(
          ", labels: multiple",
          "augmentation: {random_crop: {size: [32, 32], largest_class: 0.7}}"))
        == [
          "a.yaml:7:61 augmentation.random_crop.largest_class: \(refused): leave it out, "
            + "or use foreground"
        ])
    #expect(
      problems(spec(", labels: multiple", "augmentation: [mirror, cutmix, mixup]")).isEmpty)
    #expect(problems(spec("", losses: "dice")).isEmpty)
  }

  @Test func `values, numbers of classes and generated scenes are checked`() {
    #expect(
      problems(spec(", labels: many")).first?.hasPrefix("a.yaml:2:") == true)
    let many = spec(", labels: multiple").replacing(
      "[cell, nucleus]", with: "[a, b, c, d, e, f, g, h]")
    #expect(problems(many).isEmpty)
    let drawn = spec("").replacing(
      "{train: t.txt, validation: v.txt, classes: [cell, nucleus], size: [64, 64]}",
      with: "{generated: {train: 8, validation: 2, size: [64, 64]}, labels: multiple}")
    #expect(
      problems(drawn).first?.contains("but generated scenes have one class a pixel") == true)
  }

  @Test func `one class is enough where each is asked for by itself`() throws {
    func one(_ labels: String, losses: String = "bce") -> String {
      spec(labels, losses: losses).replacing("[cell, nucleus]", with: "[polyp]")
    }
    #expect(problems(one(", labels: multiple")).isEmpty)
    let message =
      "data.classes: 1 class is named, at least 2 are needed where every pixel is of one class"
    for losses in ["bce", "cross_entropy"] {
      #expect(
        problems(one("", losses: losses)) == [
          "a.yaml:2:50 \(message) (add background as the first class, or ask for every class by "
            + "itself with data.labels: multiple)"
        ])
    }
  }
}
