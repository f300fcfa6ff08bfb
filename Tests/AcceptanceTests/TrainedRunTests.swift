@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// What a trained run is used for afterwards: it is judged once more, and labels images.
@Suite("The use of trained runs")
struct TrainedRunTests {
  /// A workplace with one trained run, `lists/1`.
  private func trained(_ changes: [(String, String)] = []) throws -> Workplace {
    var spec = TrainedWorkplaces.spec
    for (old, new) in changes { spec = spec.replacingOccurrences(of: old, with: new) }
    return try TrainedWorkplaces.shared.copy(of: spec)
  }

  /// Ways in which images become the network's input, as changes of the spec.
  private static let ways: [[String]] = [
    [], ["  classes:", "  patches: {size: [16, 16], stride: [12, 12]}\n  classes:"],
    ["  classes:", "  size: [32, 32]\n  classes:"], ["  classes:", "  channels: 1\n  classes:"],
    [
      "limits:", "evaluation: {test_time_augmentation: {mirror: both}, batch_size: 3}\nlimits:",
    ],
    ["limits:", "evaluation: {postprocessing: [{remove_small: {area: 9}}, fill_holes]}\nlimits:"],
  ]

  @Test("prediction is validation: masks count as the recorded evaluation did", arguments: ways)
  func predictionIsValidation(way: [String]) throws {
    let workplace = try trained(way.isEmpty ? [] : [(way[0], way[1])])
    let predict = try workplace.run("predict", "lists/1", "data/val.txt", "--output", "out")
    try #require(predict.status == 0, "\(predict)")
    var counts = [[Int]](repeating: [0, 0], count: 2)
    for number in [4, 5] {
      let predicted = try workplace.mask("out/images/\(number).png")
      let truth = try workplace.mask("data/masks/\(number).png")
      for (truth, predicted) in zip(truth.ids, predicted.ids) {
        counts[Int(truth)][Int(predicted)] += 1
      }
    }
    #expect(try workplace.recorded()["validation.confusion"] as? [[Int]] == counts)
    #expect(counts[1][1] > 0, "it has learned nothing: \(counts)")
  }

  @Test(
    "a run judged by its own validation data gives what it recorded, bit for bit", arguments: ways)
  func ownData(way: [String]) throws {
    let workplace = try trained(way.isEmpty ? [] : [(way[0], way[1])])
    let evaluate = try workplace.run("evaluate", "lists/1")
    #expect(evaluate.status == 0, "\(evaluate)")
    #expect(evaluate.output.contains("came out again, bit for bit"), "\(evaluate)")
  }

  @Test("another list is judged by other metrics, kept, shown and compared")
  func otherList() throws {
    let workplace = try trained()
    try workplace.write("images/0.png masks/0.png\n", to: "data/test.txt")
    let none = try workplace.run("evaluate", "lists/1", "--test")
    #expect(none.status == 64 && none.errors.contains("has no data.test"), "\(none)")
    let evaluate = try workplace.run(
      "evaluate", "lists/1", "--test", "--set", "data.test=test.txt", "--metrics", "boundary_f1",
      "--json")
    try #require(evaluate.status == 0, "\(evaluate)")
    let reports = try #require(
      try JSONSerialization.jsonObject(with: Data(evaluate.output.utf8)) as? [[String: Any]])
    let values = try #require(reports[0]["values"] as? [String: Any])
    #expect(values["test.mean_iou"] is Double && values["test.boundary_f1"] is Double)
    #expect(values["validation.mean_iou"] == nil)
    #expect(reports[0]["looks"] as? Int == 1)
    let again = try workplace.run("evaluate", "lists/1", "--list", "data/test.txt")
    #expect(again.output.contains("looked at 2 times"), "\(again)")
    let compare = try workplace.run("compare", "lists", "--format", "csv")
    #expect(compare.output.contains("test.mean_iou"), "\(compare)")
    let chosen = try workplace.run("compare", "lists", "--columns", "test.boundary_f1")
    #expect(chosen.status == 0 && chosen.output.contains("test boundary F1"), "\(chosen)")
    let show = try workplace.run("show", "lists/1")
    #expect(show.output.contains("test 1") && show.output.contains("data/test.txt"), "\(show)")
    #expect(try workplace.run("reproduce", "lists/1").status == 0)
  }

  @Test("images of any size are labelled in their own size, in tiles")
  func tiles() throws {
    let workplace = try trained()
    let (width, height) = (75, 41)
    let pixels = (0..<width * height * 3).map { UInt8($0 % 251) }
    try workplace.write(
      PlainPNG.data(.colour, width: width, height: height, pixels: pixels), to: "new/a/large.png")
    let predict = try workplace.run(
      "predict", "lists/1", "new", "-o", "out", "--mask", "--overlay", "--color",
      "--probabilities", "--csv", "--pixel-size", "0.5um")
    try #require(predict.status == 0, "\(predict)")
    let mask = try workplace.mask("out/a/large.png")
    #expect(mask.size == Size(height: height, width: width))
    for name in ["overlay.png", "color.png", "probabilities.h5"] {
      #expect(workplace.exists("out/a/large.\(name)"), "\(name)")
    }
    let legend = String(decoding: try workplace.data("out/legend.svg"), as: UTF8.self)
    #expect(legend.contains("background") && legend.contains("square"))
    let table = String(decoding: try workplace.data("out/prediction.csv"), as: UTF8.self)
    let lines = table.split(whereSeparator: \.isNewline)
    #expect(lines[0] == "image,class,pixels,share,area_um2,objects")
    let squares = mask.ids.count { $0 == 1 }
    #expect(lines[2].hasPrefix("a/large,square,\(squares),"), "\(table)")
    #expect(lines[2].contains(",\(Double(squares) / 4),"), "\(table)")
  }

  @Test("probabilities as images are those of the HDF5 file, and overlays are drawn as asked")
  func drawing() throws {
    let workplace = try trained()
    let predict = try workplace.run(
      "predict", "lists/1", "data/images/4.png", "-o", "out", "--probabilities",
      "--probability-images", "--overlay", "--opacity", "0", "--outlines", "0")
    try #require(predict.status == 0, "\(predict)")
    let file = try HDF5File(image: workplace.data("out/4.probabilities.h5"))
    let exact: [Float] = try file.root.dataset("probabilities").read()
    let image = try ImageFile.readImage(
      workplace.folder.appendingPathComponent("out/4.square.probability.png").path)
    #expect(image.depth == .bits16)
    let square = exact.suffix(image.size.area).map { UInt16(($0 * 65535).rounded()) }
    #expect(image.pixels == square.withUnsafeBytes { Array($0) })
    let overlay = try ImageFile.readImage(
      workplace.folder.appendingPathComponent("out/4.overlay.png").path)
    let isGrey = stride(from: 0, to: overlay.pixels.count, by: 3).allSatisfy { pixel in
      Set(overlay.pixels[pixel..<pixel + 3]).count == 1
    }
    #expect(isGrey)
    let again = try workplace.start([
      "predict", "lists/1", "data/images/4.png", "-o", "out", "--overlay", "--probabilities",
      "--probability-images",
    ]).finish()
    #expect(again.status == 65 && again.errors.contains("made otherwise"), "\(again)")
    let alone = try workplace.start([
      "predict", "lists/1", "data/images/4.png", "-o", "new", "--opacity", "0.5",
    ]).finish()
    #expect(alone.status == 64 && alone.errors.contains("add --overlay"), "\(alone)")
  }

  @Test("objects are written as polygons, for each image and for all, and as a table")
  func objects() throws {
    let workplace = try trained()
    let arguments = ["predict", "lists/1", "data/val.txt", "-o", "out", "--mask"]
    let unit = try workplace.start(arguments + ["--pixel-size", "2um"]).finish()
    #expect(unit.status == 64 && unit.errors.contains("add --csv or --objects"), "\(unit)")
    let predict = try workplace.start(
      arguments + ["--polygons", "--objects", "--csv", "--pixel-size", "2um"]
    ).finish()
    try #require(predict.status == 0, "\(predict)")
    let table = String(decoding: try workplace.data("out/objects.csv"), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
    #expect(table[0].prefix(5) == ["image", "object", "class", "pixels", "area_um2"])
    let coco = try workplace.json("out/coco.json")
    let annotations = try #require(coco["annotations"] as? [[String: Any]])
    let images = try #require(coco["images"] as? [[String: Any]])
    #expect(images.map { $0["file_name"] as? String } == ["images/4.png", "images/5.png"])
    #expect(annotations.map { $0["area"] as? Int } == table.dropFirst().map { Int($0[3]) })
    #expect((coco["categories"] as? [[String: Any]])?.map { $0["name"] as? String } == ["square"])
    for (number, image) in zip([4, 5], images) {
      let collection = try workplace.json("out/images/\(number).geojson")
      let features = try #require(collection["features"] as? [[String: Any]])
      let areas = features.compactMap { ($0["properties"] as? [String: Any])?["area"] as? Int }
      let squares = try workplace.mask("out/images/\(number).png").ids.count { $0 == 1 }
      #expect(squares > 0 && areas.reduce(0, +) == squares)
      let own = annotations.filter { $0["image_id"] as? Int == image["id"] as? Int }
      #expect(own.map { $0["area"] as? Int } == areas)
    }
    let shares = String(decoding: try workplace.data("out/prediction.csv"), as: UTF8.self)
    let counted = shares.split(whereSeparator: \.isNewline).filter { $0.contains(",square,") }
      .compactMap { $0.split(separator: ",").last.flatMap { Int($0) } }
    #expect(counted.reduce(0, +) == annotations.count)
  }

  @Test("what was resized to be seen is labelled in the size of the file")
  func resized() throws {
    let workplace = try trained([("  classes:", "  size: [32, 32]\n  classes:")])
    let pixels = (0..<50 * 60 * 3).map { UInt8($0 % 199) }
    try workplace.write(
      PlainPNG.data(.colour, width: 60, height: 50, pixels: pixels), to: "photo.png")
    let predict = try workplace.run("predict", "lists/1", "photo.png", "-o", "out", "--overlay")
    #expect(predict.status == 0, "\(predict)")
    let overlay = try ImageFile.readImage(
      workplace.folder.appendingPathComponent("out/photo.overlay.png").path)
    #expect(overlay.size == Size(height: 50, width: 60))
    let tiles = try workplace.run(
      "predict", "lists/1", "photo.png", "-o", "other", "--tiles", "16")
    #expect(tiles.status == 64 && tiles.errors.contains("resizes images to"), "\(tiles)")
  }

  @Test("where a pixel may be of several classes there is a mask for each")
  func severalClasses() throws {
    let workplace = try trained([
      ("experiment: lists", "experiment: lists\ntask: multilabel"),
      ("[background, square]", "[square]"), ("losses: cross_entropy", "losses: bce"),
    ])
    let predict = try workplace.run("predict", "lists/1", "data/val.txt", "-o", "out")
    try #require(predict.status == 0, "\(predict)")
    var confusion = [[0, 0], [0, 0]]
    for number in [4, 5] {
      let predicted = try workplace.mask("out/images/\(number).square.png")
      let truth = try workplace.mask("data/masks/\(number).png")
      for (truth, predicted) in zip(truth.ids, predicted.ids) {
        confusion[truth == 0 ? 0 : 1][predicted == 0 ? 0 : 1] += 1
      }
    }
    #expect(try workplace.recorded()["validation.confusion"] as? [[[Int]]] == [confusion])
  }

  @Test("a stopped prediction goes on, and a folder of other files is left alone")
  func folders() throws {
    let workplace = try trained()
    #expect(try workplace.run("predict", "lists/1", "data/images", "-o", "out").status == 0)
    try FileManager.default.removeItem(
      at: workplace.folder.appendingPathComponent("out/3.png"))
    let again = try workplace.run("predict", "lists/1", "data/images", "-o", "out")
    #expect(again.output.contains("1 image predicted into out"), "\(again)")
    #expect(again.output.contains("5 images predicted before"), "\(again)")
    let other = try workplace.run(
      "predict", "lists/1", "data/images", "-o", "out", "--window", "constant")
    #expect(other.status == 65 && other.errors.contains("made otherwise"), "\(other)")
    let data = try workplace.run("predict", "lists/1", "data/images", "-o", "data")
    #expect(data.status == 65 && data.errors.contains("holds other files"), "\(data)")
  }

  @Test("what cannot be used is refused with a remedy")
  func refusals() throws {
    let workplace = try trained()
    func refused(_ arguments: String..., status: Int32, because words: String) throws {
      let process = try workplace.start(arguments)
      let found = try process.finish()
      #expect(found.status == status && found.errors.contains(words), "\(found)")
    }
    try FileManager.default.createDirectory(
      at: workplace.folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
    try refused("predict", "lists/1", "empty", "-o", "out", status: 65, because: "holds no images")
    try refused(
      "predict", "lists/1", "absent.png", "-o", "out1", status: 1, because: "does not exist")
    // What was named on the command line has no line of a list.
    try refused(
      "predict", "lists/1", "absent.png", "-o", "out2", status: 1,
      because: "error: absent.png: image ")
    try refused("predict", "lists/9", "data/images", "-o", "out", status: 3, because: "lists")
    try refused(
      "predict", "lists/1", "data/images", "-o", "out", "--set", "solver.base_lr=1", status: 64,
      because: "used as it was trained")
    try refused(
      "evaluate", "lists/1", "--list", "data/absent.txt", status: 65, because: "absent.txt")
    try refused("evaluate", "lists/1", "--metrics", "hd59", status: 65, because: "hd59")
    // Other validation data.
    try workplace.writeMask("data/masks/5.png", squareAt: 1)
    try refused("evaluate", "lists/1", status: 65, because: "is not what lists/1 was validated on")
  }

  @Test("a run that keeps no checkpoint cannot be used, and says what to do")
  func noCheckpoint() throws {
    let workplace = try trained()
    let found = workplace.files(below: "results/lists/trials").first { $0.hasSuffix("state.json") }
    let state = "results/lists/trials/\(try #require(found))"
    try FileManager.default.removeItem(at: workplace.folder.appendingPathComponent(state))
    let predict = try workplace.run("predict", "lists/1", "data/images", "-o", "out")
    #expect(predict.status != 0 && !workplace.exists("out"), "\(predict)")
  }

  @Test("a damaged test is told of by its name")
  func damagedTest() throws {
    let workplace = try trained()
    #expect(try workplace.run("evaluate", "lists/1").status == 0)
    let files = workplace.files(below: "results/lists/trials")
    let values = try #require(files.first { $0.contains("/tests/") && $0.hasSuffix(".h5") })
    var bytes = try workplace.data("results/lists/trials/\(values)")
    bytes[bytes.count / 2] ^= 1
    try workplace.write(bytes, to: "results/lists/trials/\(values)")
    let show = try workplace.run("show", "lists/1")
    let name = values.split(separator: "/").suffix(2).joined(separator: "/")
    #expect(show.output.contains("\(name): its SHA-256 is not the one"), "\(show)")
  }
}

extension Workplace {
  fileprivate func json(_ name: String) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: data(name))
    return try #require(json as? [String: Any])
  }
}
