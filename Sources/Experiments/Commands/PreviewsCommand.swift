import ArgumentParser
import Foundation
internal import Groundwork
import Tracking

/// Draws what a run predicted of a few images while it was trained.
struct PreviewsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "previews",
    abstract: "Draw what a run predicted of a few images in each of its evaluations.",
    discussion: """
      experiments previews camvid/3
      experiments previews @best:camvid --columns 4 --output strip.png

      A spec asks for previews with evaluation: {previews: 4}: how many images, which by name, or which \\
      part of them. Each is drawn with its truth, its predictions from the first evaluation to the last, and \\
      where the last is wrong (orange; nothing is known where it is dark). An SVG file has titles, names \\
      and the colors of the classes; a PNG file has the images alone.
      """)

  @Argument(
    help: "The run: an id, experiment/number, experiment/name, @last or @best:experiment.",
    completion: .runs)
  var selector: String

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The file to write, .svg or .png; by default EXPERIMENT-NUMBER-previews.svg in this folder.",
      valueName: "file"),
    completion: .file(extensions: ["svg", "png"]))
  var output: String?

  @Option(help: "Evaluations that are shown at most, spread evenly.")
  var columns = 6

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  func validate() throws {
    guard (1...100).contains(columns) else {
      throw ValidationError("--columns must be in 1…100, not \(columns)")
    }
    if let output, !["svg", "png"].contains((output as NSString).pathExtension.lowercased()) {
      throw ValidationError("--output \(output): name a file that ends in .svg or .png")
    }
  }

  func run() throws {
    let run = try results.run(selector, filter)
    let drawn = try RecordedPreviews(run, store: results.store, evaluations: columns)
    let file = output ?? "\(run.experiment)-\(run.number)-previews.svg"
    try drawn.write(to: file)
    print("\(file)  \(drawn.summary)".printable)
  }
}
