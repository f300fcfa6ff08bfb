import Foundation
@testable import Groundwork
import Testing

/// Data sets of other tools on the built program. `make test-importers` compares their pixels.
@Suite struct DataImportTests {
  /// Images with shapes of LabelMe.
  private func labelled(_ names: [String] = ["a", "b", "c d"]) throws -> Workplace {
    let workplace = try Workplace()
    for (number, name) in names.enumerated() {
      try FileManager.default.createDirectory(
        at: workplace.folder.appending(path: "shapes"), withIntermediateDirectories: true)
      let pixels = (0..<32 * 40 * 3).map { UInt8(truncatingIfNeeded: $0 * (number + 3) / 7) }
      try ImageFile.write(
        Raster(size: Size(height: 32, width: 40), channels: 3, pixels: pixels),
        to: workplace.folder.appending(path: "shapes/\(name).png").path)
      try workplace.write(
        """
        {"shapes": [{"label": "cell", "points": [[4, 4], [30, 6], [12, 25]], "shape_type": "polygon"}],
         "imagePath": "\(name).png", "imageHeight": 32, "imageWidth": 40}
        """, to: "shapes/\(name).json")
    }
    return workplace
  }

  @Test("a folder of LabelMe becomes a trained model in three commands")
  func trains() throws {
    let workplace = try labelled()
    let imported = try workplace.run("import", "labelme", "shapes", "-o", "data/cells")
    #expect(imported.status == 0 && imported.output.contains("background, cell"), "\(imported)")
    let check = try workplace.run("check", "data/cells/cells.yaml")
    #expect(check.status == 0, "\(check)")
    let run = try workplace.run("run", "data/cells/cells.yaml", "--set", "training.epochs=1")
    #expect(run.status == 0 && run.output.contains("mean IoU"), "\(run)")
    // Images stay where they were.
    let list = try String(
      contentsOf: workplace.folder.appending(path: "data/cells/train.txt"), encoding: .utf8)
    #expect(list.contains("\"../../shapes/c d.png\" \"masks/c d.png\""), "\(list)")
    #expect(
      !FileManager.default.fileExists(
        atPath: workplace.folder.appending(path: "data/cells/images").path))
  }

  @Test("a folder whose layout nobody names is looked at")
  func recognizes() throws {
    let workplace = try labelled()
    let advice = try workplace.run("import", "shapes")
    #expect(
      advice.status == 64 && advice.errors.contains("experiments import labelme shapes -o"),
      "\(advice)")
    let imported = try workplace.run("import", "shapes", "-o", "data/cells", "--json")
    #expect(
      imported.status == 0 && imported.output.contains("\"layout\" : \"labelme\""), "\(imported)")
    try workplace.write("x", to: "other/notes.txt")
    let unknown = try workplace.run("import", "other", "-o", "data/other")
    #expect(unknown.status == 65 && unknown.errors.contains("1 .txt"), "\(unknown)")
  }

  @Test("objects of several files each are told apart, and later ones lie on top")
  func objects() throws {
    let workplace = try Workplace()
    let size = Size(height: 32, width: 40)
    func square(_ left: Int) -> [UInt8] {
      (0..<size.area).map { (left..<left + 12).contains($0 % 40) && $0 / 40 < 14 ? 255 : 0 }
    }
    for (factor, name) in ["a", "b", "c"].enumerated() {
      for part in ["images", "masks"] {
        try FileManager.default.createDirectory(
          at: workplace.folder.appending(path: "bowl/\(name)/\(part)"),
          withIntermediateDirectories: true)
      }
      func write(_ pixels: [UInt8], _ file: String) throws {
        try ImageFile.write(
          Raster(size: size, channels: 1, pixels: pixels),
          to: workplace.folder.appending(path: "bowl/\(name)/\(file).png").path)
      }
      try write(
        (0..<size.area).map { UInt8(truncatingIfNeeded: $0 * (factor + 3) / 7) }, "images/\(name)")
      // The last image has no objects, and b's overlap.
      let lefts = name == "a" ? [2, 20] : name == "b" ? [2, 8] : []
      for (number, left) in lefts.enumerated() { try write(square(left), "masks/\(number)") }
      if lefts.isEmpty { try write(square(100), "masks/0") }
    }
    let imported = try workplace.run("import", "bowl", "-o", "data/bowl")
    #expect(imported.status == 0 && imported.output.contains("object-masks"), "\(imported)")
    let told = try workplace.run(
      "import", "object-masks", "bowl", "-o", "data/bowl", "--instances", "--force")
    #expect(told.status == 0 && told.output.contains("covered  1 object in part"), "\(told)")
    let list = String(decoding: try workplace.data("data/bowl/train.txt"), as: UTF8.self)
    #expect(list.contains("masks/c/images/c.png instances/c/images/c.png"), "\(list)")
    let ids = try ImageFile.image(Array(workplace.data("data/bowl/instances/b/images/b.png")))
    #expect([2, 7, 8, 19, 20].map { ids.pixels[$0 * ids.depth.bytes] } == [1, 1, 2, 2, 0])
    let check = try workplace.run("check", "data/bowl/bowl.yaml")
    #expect(check.status == 0, "\(check)")
    let cvat = try workplace.run("import", "camvid", "bowl", "-o", "data/x", "--instances")
    #expect(cvat.status == 64 && cvat.errors.contains("--instances means nothing"), "\(cvat)")
  }

  @Test("nothing of a refused data set is written, and nothing is overwritten unless asked")
  func refusals() throws {
    let workplace = try labelled()
    try FileManager.default.removeItem(at: workplace.folder.appending(path: "shapes/a.png"))
    try FileManager.default.removeItem(at: workplace.folder.appending(path: "shapes/b.png"))
    let missing = try workplace.run("import", "labelme", "shapes", "-o", "data/cells")
    #expect(missing.status == 65, "\(missing)")
    #expect(missing.errors.contains("a.json") && missing.errors.contains("b.json"), "\(missing)")
    let left = try? FileManager.default.contentsOfDirectory(
      atPath: workplace.folder.appending(path: "data").path)
    #expect(left?.isEmpty ?? true)
    let whole = try labelled()
    #expect(try whole.run("import", "labelme", "shapes", "-o", "cells").status == 0)
    let again = try whole.run("import", "labelme", "shapes", "-o", "cells")
    #expect(again.status == 64 && again.errors.contains("--force"), "\(again)")
    #expect(try whole.run("import", "labelme", "shapes", "-o", "cells", "--force").status == 0)
    let own = try whole.run("import", "labelme", "shapes", "-o", "shapes", "--force")
    #expect(own.status == 64 && own.errors.contains("new folder"), "\(own)")
    let other = try whole.run("import", "labelme", "shapes", "-o", "x", "--order", "rows")
    #expect(other.status == 64 && other.errors.contains("means nothing to labelme"), "\(other)")
  }

  @Test(
    "what is exported for COCO and nnU-Net comes back with the same masks",
    arguments: ["coco", "nnunet"])
  func exports(_ layout: String) throws {
    let workplace = try labelled(["a", "b", "c", "d"])
    #expect(try workplace.run("import", "labelme", "shapes", "-o", "cells").status == 0)
    let export = try workplace.run("export-data", "cells/cells.yaml", "--to", layout, "-o", "out")
    #expect(export.status == 0, "\(export)")
    let back = try workplace.run("import", layout, "out", "-o", "back")
    #expect(back.status == 0, "\(back)")
    let list = try ["train", "validation"].flatMap { part -> [String] in
      let file = workplace.folder.appending(path: "back/\(part).txt")
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").map(String.init)
    }
    #expect(list.count == 4)
    let first = try ImageFile.readMask(workplace.folder.appending(path: "cells/masks/a.png").path)
    for line in list {
      let mask = try #require(line.split(separator: " ").last.map(String.init))
      #expect(
        try ImageFile.readMask(workplace.folder.appending(path: "back/\(mask)").path) == first)
    }
    let again = try workplace.run("export-data", "cells/cells.yaml", "--to", layout, "-o", "out")
    #expect(again.status == 64 && again.errors.contains("--force"), "\(again)")
  }
}
