@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// Clouds of points, by what a person sees.
@Suite struct PointsTests {
  private static let spec = """
    experiment: tiny
    seed: 3
    task: points
    data:
      root: data
      train: train.txt
      validation: val.txt
      test: val.txt
      classes: [floor, wall]
      points:
        count: 64
        columns: {colors: [r, g, b], label: what}
        blocks: {size: 1, stride: 0.5, least: 10}
    template: {name: pointnet, transform: input}
    losses: [cross_entropy]
    solver: {type: ADAM, base_lr: 5e-3}
    augmentation: [rotate_points, {jitter_points: {std: 0.001, clip: 0.01}}]
    training: {epochs: 6, batch_size: 8}
    evaluation: {every: 2 epochs, metrics: [mean_iou, image_mean_iou]}
    limits: {threads: 1}

    """

  /// Rooms of a floor and a wall, with a header, and colors that say nothing.
  private func writeRooms(in workplace: Workplace) throws {
    for room in 0..<3 {
      var lines = ["x,y,z,r,g,b,what"]
      for point in 0..<600 {
        let (u, v) = (Double(point % 30) / 15, Double(point / 30 % 20) / 10)
        let color = "\(point * 7 % 256),\(point * 5 % 256),\(room * 40)"
        lines.append("\(u + 100),\(v + 200),0,\(color),0")
        lines.append("\(u + 100),\(200 + v / 40),\(0.2 + v),\(color),1")
      }
      try workplace.write(lines.joined(separator: "\n") + "\n", to: "data/room\(room).csv")
    }
    try workplace.write("room0.csv\nroom1.csv\n", to: "data/train.txt")
    try workplace.write("room2.csv\n", to: "data/val.txt")
  }

  @Test("they are learned, judged, predicted and trained again to the same bytes")
  func wholeWay() throws {
    let workplace = try Workplace()
    try writeRooms(in: workplace)
    try workplace.write(Self.spec, to: "tiny.yaml")
    let check = try workplace.run("check", "tiny.yaml")
    try #require(check.status == 0, "\(check)")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let record = try #require(
      try JSONSerialization.jsonObject(
        with: Data(workplace.run("show", "tiny/1", "--json").output.utf8)) as? [String: Any])
    let last = try #require((record["evaluations"] as? [[String: Any]])?.last)
    let values = try #require(last["values"] as? [String: Any])
    #expect(try #require(values["validation.mean_iou"] as? Double) > 0.9, "\(values)")
    #expect(values["validation.image_mean_iou"] is Double)

    let predict = try workplace.run("predict", "tiny/1", "data/room2.csv", "-o", "out")
    try #require(predict.status == 0, "\(predict)")
    #expect(predict.output.hasPrefix("1 file predicted into out"))
    let columns = PointColumns(
      position: [.name("x"), .name("y"), .name("z")],
      colors: [.name("red"), .name("green"), .name("blue")], label: .name("label"))
    let found = try PointCloud("\(workplace.folder.path)/out/room2.ply", columns)
    let truth = try PointCloud(
      "\(workplace.folder.path)/data/room2.csv", PointColumns(label: .name("what")))
    #expect(found.count == truth.count && found.origin == truth.origin)
    let right = zip(found.labels ?? [], truth.labels ?? []).count { $0 == $1 }
    #expect(Double(right) > 0.95 * Double(truth.count))
    let again = try workplace.run("predict", "tiny/1", "data/room2.csv", "-o", "out")
    #expect(again.output.hasPrefix("1 file predicted before"), "\(again)")
    // A list, whose lines are relative to it.
    let list = try workplace.run("predict", "tiny/1", "data/train.txt", "-o", "listed")
    #expect(list.output.hasPrefix("2 files predicted"), "\(list)")

    let test = try workplace.run("evaluate", "tiny/1", "--test", "--json")
    #expect(test.status == 0 && test.output.contains("mean_iou"), "\(test)")
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 3 evaluations"), "\(reproduce)")
    #expect(try workplace.run("compare", "tiny").status == 0)
    #expect(try workplace.run("report", "tiny", "-o", "report.html").status == 0)

    let images = try workplace.run(
      "predict", "tiny/1", "data/room2.csv", "-o", "other", "--overlay", "--tiles", "64")
    #expect(images.status == 64)
    #expect(images.errors.contains("leave --overlay, --tiles out"), "\(images)")
    #expect(try workplace.run("export", "tiny/1", "--to", "onnx", "-o", "tiny.onnx").status == 0)
    let folder = try workplace.run("export", "tiny/1", "--to", "deployment", "-o", "folder")
    #expect(folder.status == 64 && folder.errors.contains("reads points"), "\(folder)")
    try workplace.write("1 2 3\n1 2 nan\n", to: "bad.txt")
    let bad = try workplace.run("predict", "tiny/1", "bad.txt", "-o", "bad")
    #expect(bad.status == 1 && bad.errors.contains("bad.txt"), "\(bad)")
    for command in ["preview", "data"] {
      let refused = try workplace.run(command, "tiny.yaml")
      #expect(refused.status == 64 && refused.errors.contains("is about points"), "\(refused)")
    }
  }

  @Test(
    "what is of images is refused, each with its place",
    arguments: [
      ("task: points", "task: semantic", "data.points is of points"),
      ("  points:\n", "  roi: masks\n  points:\n", "is of images, and data.points of points"),
      ("  points:\n", "  size: [8, 8]\n  points:\n", "size"),
      ("template: {name: pointnet, transform: input}", "template: unet", "reads images"),
      ("augmentation: [rotate_points", "augmentation: [mirror", "it changes images"),
      ("losses: [cross_entropy]", "losses: [cross_entropy, boundary]", "neighboring pixels"),
      ("metrics: [mean_iou", "metrics: [hausdorff", "neighboring pixels"),
      ("evaluation: {", "evaluation: {previews: 2, ", "evaluation.previews"),
      (
        "evaluation: {", "evaluation: {test_time_augmentation: {mirror: horizontal}, ",
        "it is of images, and the task is points"
      ),
      ("evaluation: {", "evaluation: {postprocessing: [fill_holes], ", "neighboring pixels"),
      ("stride: 0.5", "stride: 2.0", "larger than blocks"),
      ("label: what", "label: r", "named before"),
      ("count: 64", "count: 64\n    positions: centered", "blocks have one of their own"),
      (
        "template: {name: pointnet, transform: input}",
        "template: {name: pointnet, transform: features}", "no loss trains head transform"
      ),
    ])
  func refusals(old: String, new: String, message: String) throws {
    let workplace = try Workplace()
    try writeRooms(in: workplace)
    try workplace.write(
      Self.spec.replacingOccurrences(of: old, with: new), to: "tiny.yaml")
    let check = try workplace.run("check", "tiny.yaml")
    #expect(check.status == 65 && check.errors.contains(message), "\(check)")
  }
}
