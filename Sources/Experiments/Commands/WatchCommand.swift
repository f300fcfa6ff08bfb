import ArgumentParser
import Foundation
import Tracking

/// Shows in the terminal how runs are getting on.
struct WatchCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Watch runs in the terminal: table, curves, classes, workers, logs.",
    discussion: """
      experiments watch
      experiments watch camvid --screen workers
      experiments watch camvid --once --plain

      Reads the records alone, so that it works beside a run, over ssh and after the end. ? shows the \
      keys. Where there is no terminal, a line is printed for each evaluation until no run is trained \
      any more.
      """)

  @Argument(
    help: "Which runs, as in 'experiments ls'; default: the sweep that was begun last.",
    completion: .runs)
  var selectors: [String] = []

  @OptionGroup var filter: FilterOption

  @Flag(help: "Print one frame and end.")
  var once = false

  @Flag(help: "No colors, boxes or dots: words and numbers.")
  var plain = false

  @Option(
    help: "What is shown first: \(WatchScreen.allCases.map(\.rawValue).joined(separator: ", ")).")
  var screen = WatchScreen.sweep

  @OptionGroup var results: ResultsOption

  @OptionGroup var color: ColorOption

  func run() throws {
    let watch = Watch(
      results.store, selectors: selectors, filter: { try filter.apply(to: $0) }, screen: screen,
      style: .output,
      isPlain: plain)
    if once { return print(try watch.once(columns: Screen.outputWidth)) }
    if !plain, let session = TerminalSession() { return try watch.run(on: session) }
    try watch.follow { line in
      print(line)
      fflush(nil)
    }
  }
}

extension WatchScreen: ExpressibleByArgument {}
