@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
@testable import Tracking

/// Previews and histograms that are recorded while a network trains.
@Suite("Previews and histograms")
struct RecordedPreviewTests {
  private let spec = TrainedWorkplaces.spec.replacingOccurrences(
    of: "epochs: 40", with: "epochs: 5"
  )
  .replacingOccurrences(
    of: "limits:", with: "evaluation: {previews: 2, histograms: true}\nlimits:")

  @Test("predictions are kept in every evaluation, and the last is what predict says")
  func previews() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(spec, to: "lists.yaml")
    let run = try workplace.run("run", "lists.yaml")
    try #require(run.status == 0, "\(run)")
    let store = FolderStore(root: workplace.folder.appendingPathComponent("results").path)
    let record = try #require(try store.runs(of: "lists").first)
    let previews = try #require(try store.previews(of: record))
    #expect(previews.images.map(\.name) == ["images/4.png", "images/5.png"])
    #expect(previews.evaluations.map(\.point) == record.history?.rows.map(\.point))
    let predict = try workplace.run(
      "predict", "lists/1", "data/val.txt", "-o", "out", "--checkpoint", "last")
    try #require(predict.status == 0, "\(predict)")
    for (place, number) in [4, 5].enumerated() {
      let kept = try ImageFile.image(try #require(previews.evaluations.last).predictions[place])
      let labels = kept.pixels.withUnsafeBytes { Array($0.bindMemory(to: UInt16.self)) }
      #expect(labels == (try workplace.mask("out/images/\(number).png")).ids.map(UInt16.init))
    }
    for name in ["strip.svg", "strip.png"] {
      let drawn = try workplace.run("previews", "lists/1", "--columns", "3", "-o", name)
      #expect(drawn.status == 0 && drawn.output.contains("2 images, 3 evaluations"), "\(drawn)")
    }
    // Not into a file.
    let shown = try workplace.run("show", "lists/1", "--images")
    #expect(shown.status == 64 && shown.errors.contains("experiments previews lists/1"), "\(shown)")
    let strip = try ImageFile.readImage(workplace.folder.appendingPathComponent("strip.png").path)
    #expect(strip.size == Size(height: 2 * 32 + 6, width: 6 * 32 + 5 * 6))
    let svg = String(decoding: try workplace.data("strip.svg"), as: UTF8.self)
    for text in ["truth", "epoch 5", "wrong at the end", "images/4.png", "square"] {
      #expect(svg.contains(text), "\(text)")
    }
    // They decide nothing.
    try workplace.write(spec.replacingOccurrences(of: "previews: 2, ", with: ""), to: "plain.yaml")
    let again = try workplace.run("run", "plain.yaml")
    #expect(again.status == 0 && again.errors.contains("done"), "\(again)")
    #expect(try workplace.run("reproduce", "lists/1").status == 0)
  }

  @Test("images without masks are looked at too, as predict labels them")
  func unlabelled() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    let pixels = (0..<75 * 41 * 3).map { UInt8($0 % 251) }
    let photo = PlainPNG.data(.colour, width: 75, height: 41, pixels: pixels)
    try workplace.write(photo, to: "data/new/photo.png")
    try workplace.write(
      spec.replacingOccurrences(of: "previews: 2", with: "previews: {images: 1, unlabelled: new}"),
      to: "lists.yaml")
    let run = try workplace.run("run", "lists.yaml")
    try #require(run.status == 0, "\(run)")
    let store = FolderStore(root: workplace.folder.appendingPathComponent("results").path)
    let record = try #require(try store.runs(of: "lists").first)
    let previews = try #require(try store.previews(of: record))
    #expect(previews.images.count == 2 && previews.images[1].name.hasSuffix("new/photo.png"))
    let predict = try workplace.run(
      "predict", "lists/1", "data/new", "-o", "out", "--checkpoint", "last")
    try #require(predict.status == 0, "\(predict)")
    let kept = try ImageFile.image(try #require(previews.evaluations.last).predictions[1])
    let labels = kept.pixels.withUnsafeBytes { Array($0.bindMemory(to: UInt16.self)) }
    #expect(labels == (try workplace.mask("out/photo.png")).ids.map(UInt16.init))
    let drawn = try workplace.run("previews", "lists/1", "--columns", "2", "-o", "strip.svg")
    #expect(drawn.status == 0, "\(drawn)")
    // A repetition does not need them, and a training says that they are gone.
    try FileManager.default.removeItem(
      at: workplace.folder.appendingPathComponent("data/new/photo.png"))
    #expect(try workplace.run("reproduce", "lists/1").status == 0)
    let check = try workplace.run("check", "lists.yaml")
    #expect(
      check.status == 65 && check.errors.contains("evaluation.previews.unlabelled: ")
        && check.errors.contains("holds no images"), "\(check)")
  }

  @Test("histograms count every weight, and gradients have norms")
  func histograms() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(spec, to: "lists.yaml")
    try #require(try workplace.run("run", "lists.yaml").status == 0)
    let store = FolderStore(root: workplace.folder.appendingPathComponent("results").path)
    let history = try #require(try store.runs(of: "lists").first?.history)
    let place = try #require(history.series.firstIndex { $0.name == "weights.histogram" })
    let counts = try #require(history.rows.last?.values[place].counts)
    let contents = try store.checkpoint("last", of: try #require(try store.runs(of: "lists").first))
    let parameters = contents.tensors.filter { $0.group == "parameters" }
    #expect(counts.reduce(0, +) == UInt64(parameters.reduce(0) { $0 + $1.values.count }))
    let norms = try #require(history.series.firstIndex { $0.name == "gradients.norm" })
    let names = history.series[norms].axes[0].labels
    #expect(names.count == parameters.count)
    #expect(names.indices.allSatisfy { (history.rows.last?.values[norms][$0] ?? 0) > 0 })
    let show = try workplace.run("show", "lists/1")
    #expect(show.output.contains("distribution") && show.output.contains("█"), "\(show)")
  }

  @Test("a run without previews, and a name that no image has, are told of")
  func refusals() throws {
    let workplace = try TrainedWorkplaces.shared.copy(of: TrainedWorkplaces.spec)
    let none = try workplace.run("previews", "lists/1")
    #expect(none.status == 3 && none.errors.contains("evaluation: {previews: 4}"), "\(none)")
    try workplace.write(
      spec.replacingOccurrences(of: "previews: 2", with: "previews: [nobody]"), to: "wrong.yaml")
    let wrong = try workplace.run("run", "wrong.yaml")
    #expect(wrong.status != 0 && wrong.errors.contains("names 'nobody'"), "\(wrong)")
  }
}
