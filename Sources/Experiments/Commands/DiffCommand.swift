import ArgumentParser
import Foundation
import Tracking

/// Says what tells two runs apart.
struct DiffCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what tells two runs apart: causes, course, classes, images.",
    discussion: """
      experiments diff camvid/1 camvid/4
      experiments diff @best:camvid @last -o changed.svg
      experiments diff camvid/1 roads/1 --json

      The causes come first, in the order in which they explain most: the spec, the data, the weights that \
      training began with, the build of the program, and the environment. Then the first evaluation whose \
      tensors differ in a bit, the values at each run's best evaluation, and the classes, the greatest \
      difference first. Where both runs have previews of an image, its predictions are compared, and -o \
      draws those that changed most.

      As git diff does, it exits with 0 whether or not something differs; with --exit-code it exits with \
      2 where an evaluation differs.
      """)

  @Argument(help: "The run to begin with.") var first: String

  @Argument(help: "The run to compare it with.") var second: String

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Draw the images whose predictions changed most to a file, .svg or .png.", valueName: "file"),
    completion: .file(extensions: ["svg", "png"]))
  var output: String?

  @Option(help: "Images that are drawn at most.")
  var images = 6

  @Flag(help: "Exit with 2 where an evaluation differs.")
  var exitCode = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var filter: FilterOption

  @OptionGroup var results: ResultsOption

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard (1...100).contains(images) else {
      throw ValidationError("--images must be in 1…100, not \(images)")
    }
    if let output, !["svg", "png"].contains((output as NSString).pathExtension.lowercased()) {
      throw ValidationError("--output \(output): name a file that ends in .svg or .png")
    }
  }

  func run() throws {
    let runs = try [first, second].map { try results.run($0, filter) }
    let difference = RunDifference(runs[0], runs[1])
    let previews = try PreviewDifference(runs[0], runs[1], store: results.store, count: images)
    if let output {
      guard let previews else {
        throw Failure(
          .nothingMatched,
          "error: no image was previewed by both runs: train them with evaluation: {previews: 4}")
      }
      try previews.write(to: output)
    }
    if json {
      print(try JSONOutput.text(Document(difference: difference, images: previews?.changes ?? [])))
    } else {
      print(
        difference.text(
          style: .output, width: Screen.outputWidth,
          images: previews.map { $0.summary + (output.map { "; drawn to \($0)" } ?? "") }))
    }
    guard !exitCode || difference.isEqual else { throw Failure(.differs, "the runs differ") }
  }

  private struct Document: Encodable {
    var schema = "experiments.diff/1"
    let difference: RunDifference
    let images: [PreviewDifference.Change]
  }
}
