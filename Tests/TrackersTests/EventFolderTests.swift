import Foundation
import Testing

@testable import Trackers

@Suite struct EventFolderTests {
  private let folder = TemporaryFolder()

  @Test("every folder that holds events is a run, with the files of a folder in their order")
  func runs() throws {
    try folder.write([scalar("loss", 3, step: 1)], to: "logs/a/tfevents.2")
    try folder.write([scalar("loss", 2, step: 1)], to: "logs/a/tfevents.1")
    try folder.write([scalar("loss", 1, step: 0)], to: "logs/b/c/events.out.tfevents.1")
    try folder.write("nothing", to: "logs/b/notes.txt")
    let runs = try EventFolder.runs("\(folder.path)/logs")
    #expect(runs.map(\.id) == ["a", "b/c"])
    #expect(runs[0].series["loss"]?.points.map(\.value) == [2, 3])
    #expect(runs[0].series["loss"]?.sorted.points.map(\.value) == [3])
    #expect(runs[0].series["loss"]?.sorted.repeated == 1)
  }

  @Test("runs that are numbered come in the order of their numbers")
  func order() throws {
    for number in [10, 9, 1] {
      try folder.write([scalar("loss", 3, step: 0)], to: "logs/sweep/\(number)/tfevents")
    }
    let runs = try EventFolder.runs("\(folder.path)/logs")
    #expect(runs.map(\.id) == ["sweep/1", "sweep/9", "sweep/10"])
  }

  @Test("what Keras writes while training and validating is one run")
  func keras() throws {
    try folder.write([scalar("epoch_loss", 3, step: 0)], to: "logs/x/train/tfevents")
    try folder.write([scalar("epoch_loss", 4, step: 0)], to: "logs/x/validation/tfevents")
    let runs = try EventFolder.runs("\(folder.path)/logs")
    #expect(runs.map(\.id) == ["x"])
    #expect(runs[0].series.keys.sorted() == ["training/epoch_loss", "validation/epoch_loss"])
  }

  @Test("hyperparameters in a folder of their own belong to the run above")
  func hyperparameters() throws {
    let start = HyperparameterRecord.start(values: ["lr": .number(3)], group: "", startedAt: nil)
    try folder.write(
      [scalar("loss", 3, step: 0), scalar("loss", 2, step: 1)], to: "logs/x/tfevents")
    try folder.write(
      [
        Event(wallTime: 1, step: 0, values: [Event.Value(start.tag, .hyperparameters(start))]),
        scalar("best", 1, step: 0),
      ], to: "logs/x/1700/tfevents")
    let runs = try EventFolder.runs("\(folder.path)/logs")
    #expect(runs.map(\.id) == ["x"])
    #expect(runs[0].parameters == ["lr": "3"])
    #expect(runs[0].series.keys.sorted() == ["best", "loss"])
  }

  @Test("a link out of the folder is not followed")
  func links() throws {
    try folder.write([scalar("secret", 3, step: 0)], to: "elsewhere/tfevents")
    try folder.write([scalar("loss", 3, step: 0)], to: "logs/x/tfevents")
    for (link, target) in [("logs/y", "elsewhere"), ("logs/x/tfevents.2", "elsewhere/tfevents")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(link)", withDestinationPath: "\(folder.path)/\(target)")
    }
    let runs = try EventFolder.runs("\(folder.path)/logs")
    #expect(runs.map(\.id) == ["x"] && runs[0].series["secret"] == nil)
  }

  @Test("what is not taken is counted, and a folder without events is refused with a remedy")
  func leftOut() throws {
    let image = Event(
      wallTime: 1, step: 0, values: [Event.Value("i", .images(width: 1, height: 1, [[1], [2]]))])
    try folder.write([image, scalar("loss", 3, step: 0)], to: "logs/x/tfevents")
    #expect(try EventFolder.runs("\(folder.path)/logs")[0].leftOut[0].hasPrefix("2 images"))
    try folder.write("", to: "empty/file")
    let error = #expect(throws: TrackerError.self) {
      _ = try EventFolder.runs("\(self.folder.path)/empty")
    }
    #expect(error?.remedy.contains("--logdir") == true)
  }
}
