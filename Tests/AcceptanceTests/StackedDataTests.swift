@testable import Datasets
@testable import Execution
@testable import Experiments
import Foundation
import Testing

/// Patches, several images and neighbouring slices, by what a person sees.
@Suite struct StackedDataTests {
  private func spec(_ data: String) -> String {
    SmallSpecs.lists.replacingOccurrences(
      of: "classes: [background, square]", with: "classes: [background, square]\n  \(data)")
  }

  @Test("patches of several images with their neighbours are trained on, drawn and reproduced")
  func wholeWay() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    func lines(_ numbers: Range<Int>) -> String {
      numbers.map { number in
        let other = numbers.lowerBound + numbers.upperBound - 1 - number
        return "images/\(number).png;images/\(other).png masks/\(number).png\n"
      }.joined()
    }
    try workplace.write(lines(0..<4), to: "data/train.txt")
    try workplace.write(lines(4..<6), to: "data/val.txt")
    let data = """
      channels: [3, 1]
        slices: {before: 1, after: 1}
        patches: {size: [16, 16], stride: [8, 8]}
        normalize: {mean: [0.5, 0.5, 0.5, 0.4], std: [0.2, 0.2, 0.2, 0.3]}
      """
    try workplace.write(
      spec(data) + "augmentation: [mirror, color_jitter, gaussian_noise]\n", to: "s.yaml")

    let check = try workplace.run("check", "s.yaml")
    #expect(check.output.contains("36 to train, 18 to validate"), "\(check)")
    #expect(check.output.contains("16×16"))
    let run = try workplace.run("run", "s.yaml")
    try #require(run.status == 0, "\(run)")
    // Of the two images, not of their patches.
    #expect(workplace.previews(of: "lists") == ["1.png", "2.png"])
    let reproduce = try workplace.run("reproduce", "lists/1")
    #expect(reproduce.output.hasPrefix("identical"), "\(reproduce)")
    let evaluate = try workplace.run("evaluate", "lists/1")
    #expect(evaluate.output.contains("came out again, bit for bit"), "\(evaluate)")
    let predict = try workplace.run("predict", "lists/1", "data/val.txt", "-o", "out")
    try #require(predict.status == 0, "\(predict)")
    let recorded = try workplace.recorded()["validation.confusion"] as? [[Int]]
    #expect(try recorded == workplace.confusion(of: "out"))
    let preview = try workplace.run("preview", "s.yaml", "--count", "1")
    #expect(preview.status == 0, "\(preview)")
  }

  @Test("what does not fit is refused with its place and what to do")
  func mistakes() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    for (data, error) in [
      ("channels: [3, 1]", "train.txt:1: names 1 image and data.channels means 2"),
      ("patches: {size: [18, 16]}", "not divisible by 4"),
      ("patches: {size: [16, 16], stride: [20, 16]}", "pixels between them would never be seen"),
      ("slices: {before: -1}", "data.slices.before must be from 0 to 50"),
      ("channels: []", "at least one image"),
      ("channels: [3, 1]\n  normalize: imagenet", "is imagenet, which is of RGB images"),
    ] {
      try workplace.write(spec(data), to: "s.yaml")
      let run = try workplace.run("run", "s.yaml")
      #expect(run.status == 65, "\(run)")
      #expect(run.errors.contains(error), "\(run)")
    }
  }
}
