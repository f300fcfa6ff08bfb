import ArgumentParser
import Foundation
internal import Groundwork
import Tracking

/// Shows runs side by side in a browser while they are trained.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the report of runs in a browser, live.",
    discussion: """
      experiments serve camvid-losses
      experiments serve --port 8080 --open

      The page is that of experiments report, and follows the records: who trains them, and in which \
      process, makes no difference. It is served to browsers of this machine alone, by an address with a \
      secret in it that is shown once; the page can only be read. Ctrl-C ends it.
      """)

  @Argument(help: "The experiments or runs to show; default: all.")
  var selectors: [String] = []

  @Option(help: "The port to listen at; 0 for any that is free.")
  var port: UInt16 = 0

  @Flag(help: "Open the page in the browser, too.")
  var open = false

  @Option(
    help: "Images of the best run whose predictions are shown at most, the worst first.")
  var images = 4

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  func validate() throws {
    guard (0...64).contains(images) else {
      throw ValidationError("--images must be in 0…64, not \(images)")
    }
  }

  func run() throws {
    let maker = ReportMaker(
      selection: RunSelection(selectors: selectors, condition: filter.condition),
      store: results.store, typedResults: results.typed, images: images, isMixed: true)
    let serving = try Serving(maker, port: port)
    print(serving.address)
    // Whoever reads a pipe waits for the address.
    fflush(nil)
    if open { BrowserOpening.open(serving.openingAddress) }
    try serving.untilInterrupted()
  }
}
