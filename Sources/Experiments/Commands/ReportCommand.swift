import ArgumentParser
internal import Groundwork
import Tracking

/// Writes runs side by side as one page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a page about runs: the answer, and everything it rests on.",
    discussion: """
      experiments report camvid-losses -o report.html
      experiments report camvid-losses @best:baseline --images 8
      experiments report --check report.html

      The page is one file that loads nothing and sends nothing: it opens from a disk, prints, and can be \
      read without JavaScript. It begins with the answer (which point is best, how sure that is, and what \
      to do next), then come all points, learning curves, hyperparameters, classes, images, cost, what \
      makes the comparison unfair, and where everything comes from.

      Equal records give equal bytes. --check tells whether a page still says what the records say: exit \
      status 0 where it does, 2 where runs were added, changed or removed, 3 where its query selects \
      nothing any more, 65 where the file is no report.
      """)

  @Argument(help: "The experiments or runs to report on; default: all.")
  var selectors: [String] = []

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file to write.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output = "report.html"

  @Option(
    help: ArgumentHelp(
      "Tell whether a report is still true, and write nothing.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var check: String?

  @Option(
    help: "Images of the best run whose predictions are shown at most, the worst first.")
  var images = 4

  @Option(
    help: ArgumentHelp(
      "What the page gives as its time, instead of that of the newest record.", valueName: "time"))
  var now: String?

  @Flag(help: "Allow runs that were judged differently, with a warning; they stand in groups.")
  var mixed = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  func validate() throws {
    guard (0...64).contains(images) else {
      throw ValidationError("--images must be in 0…64, not \(images)")
    }
    if check != nil, !selectors.isEmpty || filter.condition != nil {
      throw ValidationError("--check takes the runs from the report: name none")
    }
  }

  func run() throws {
    if let check {
      let result = try ReportCheck(check, store: results.store).result()
      print(try json ? JSONOutput.text(result.json) : result.text, terminator: json ? "\n" : "")
      if !result.isFresh { throw Failure(.differs) }
      return
    }
    let maker = ReportMaker(
      selection: RunSelection(selectors: selectors, condition: filter.condition),
      store: results.store, typedResults: results.typed, images: images, isMixed: mixed, made: now,
      file: output)
    let written = try WrittenReport(maker, to: output)
    print(try json ? JSONOutput.text(written) : written.text)
  }
}
