import Foundation
@testable import Groundwork
import Testing

/// First specs for data that nobody has described, on the built program.
@Suite struct InitTests {
  /// Images with a square, and masks where it has another value.
  private func data(
    _ images: String, _ masks: String, value: UInt8 = 1, count: Int = 6
  ) throws -> Workplace {
    let workplace = try Workplace()
    for number in 0..<count {
      func path(_ form: String) -> String { form.replacing("#", with: "\(number)") }
      let square = (0..<32 * 40).map { pixel in
        (4 + number..<20 + number).contains(pixel % 40) && (8..<24).contains(pixel / 40)
      }
      try workplace.write(
        PlainPNG.data(
          .colour, width: 40, height: 32,
          pixels: square.enumerated().flatMap { place, isIn in
            (0..<3).map { isIn ? 200 : UInt8((place * 7 + $0 * number) % 90) }
          }), to: path(images))
      try workplace.write(
        PlainPNG.data(.grey, width: 40, height: 32, pixels: square.map { $0 ? value : 0 }),
        to: path(masks))
    }
    return workplace
  }

  private func text(_ workplace: Workplace, _ name: String) throws -> String {
    try String(contentsOf: workplace.folder.appending(path: name), encoding: .utf8)
  }

  @Test("a folder of images and masks becomes a spec that passes a check and trains")
  func trains() throws {
    let workplace = try data("cells/images/a#.png", "cells/masks/a#_mask.png", value: 255)
    let begun = try workplace.run("init", "--data", "cells")
    #expect(begun.status == 0 && begun.output.contains("values: binary"), "\(begun)")
    let spec = try text(workplace, "cells.yaml")
    #expect(spec.contains("train: {images: \"images/*.png\", masks: \"masks/{stem}_mask.png\"}"))
    #expect(spec.split(separator: "\n").allSatisfy { $0.count <= 110 }, "\(spec)")
    let check = try workplace.run("check", "cells.yaml")
    #expect(check.status == 0 && check.errors.isEmpty, "\(check)")
    let smoke = try workplace.run("run", "cells.yaml", "--smoke")
    #expect(smoke.status == 0 && smoke.output.contains("same bytes"), "\(smoke)")
  }

  @Test("a spec elsewhere finds the data, and one that is there is not written over")
  func places() throws {
    let workplace = try data("data/#.png", "data/#_gt.png")
    try workplace.write("", to: "specs/keep.txt")
    let begun = try workplace.run("init", "--data", "data", "-o", "specs/mine.yaml", "--json")
    #expect(begun.status == 0 && begun.output.contains("\"experiment\" : \"mine\""), "\(begun)")
    let spec = try text(workplace, "specs/mine.yaml")
    #expect(spec.contains("root: ../data"), "\(spec)")
    #expect(try workplace.run("check", "specs/mine.yaml").status == 0)
    let again = try workplace.run("init", "--data", "data", "-o", "specs/mine.yaml")
    #expect(again.status == 64 && again.errors.contains("is there already"), "\(again)")
    #expect(try text(workplace, "specs/mine.yaml") == spec)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: workplace.folder.appending(path: "specs").path)
    #expect(names.sorted() == ["keep.txt", "mine.yaml"])
  }

  @Test("lists are named one by one, and say where their paths start")
  func lists() throws {
    let workplace = try data("data/images/#.png", "data/masks/#.png")
    let lines = (0..<6).map { "images/\($0).png masks/\($0).png\n" }
    try workplace.write(lines[..<4].joined(), to: "data/train.txt")
    try workplace.write(lines[4...].joined(), to: "data/val.txt")
    let begun = try workplace.run(
      "init", "--data", "data/val.txt", "data/train.txt", "-o", "mine.yaml")
    #expect(begun.status == 0, "\(begun)")
    let spec = try text(workplace, "mine.yaml")
    #expect(spec.contains("train: train.txt") && spec.contains("validation: val.txt"), "\(spec)")
    #expect(try workplace.run("check", "mine.yaml").status == 0)
  }

  @Test("mistakes end in what to do, and nothing is written")
  func mistakes() throws {
    let workplace = try data("data/images/#.png", "data/masks/#.png", value: 0)
    let one = try workplace.run("init", "--data", "data", "-o", "x.yaml")
    #expect(one.status == 65 && one.errors.contains("every mask holds 0"), "\(one)")
    let none = try workplace.run("init", "--data", "nowhere")
    #expect(none.status == 65 && none.errors.contains("no such folder or list"), "\(none)")
    try workplace.write("x", to: "other/notes.docx")
    let other = try workplace.run("init", "--data", "other")
    #expect(other.status == 65 && other.errors.contains("1 .docx"), "\(other)")
    #expect(other.errors.contains("1 error; nothing was written"), "\(other)")
    try workplace.write("no image", to: "data/masks/3.png")
    let damaged = try workplace.run("init", "--data", "data", "-o", "x.yaml")
    #expect(damaged.status == 65 && damaged.errors.contains("masks/3.png"), "\(damaged)")
    try workplace.write("{\"shapes\": [], \"imagePath\": \"a.png\"}", to: "shapes/a.json")
    let layout = try workplace.run("init", "--data", "shapes")
    #expect(layout.status == 65, "\(layout)")
    #expect(layout.errors.contains("experiments import labelme shapes -o"), "\(layout)")
    #expect(!workplace.exists("x.yaml"))
  }
}
