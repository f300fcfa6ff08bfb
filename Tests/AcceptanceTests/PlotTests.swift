import Foundation
import Testing

@testable import Tracking

/// `plot` on runs that were trained.
struct PlotTests {
  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    let trained = try workplace.start(["run", "tiny.yaml"]).finish()
    #expect(trained.status == 0, "\(trained)")
    return workplace
  }

  @Test(
    "a chart is written as SVG, PNG, PDF and JSON, twice with the same bytes, and drawn in the terminal"
  )
  func files() throws {
    let workplace = try workplace()
    let results = workplace.folder.appendingPathComponent("results").path
    let experiment = try #require(
      FileManager.default.contentsOfDirectory(atPath: results).first { !$0.hasPrefix(".") })
    for file in ["curves.svg", "curves.png", "curves.pdf", "curves.csv", "curves.json"] {
      let first = try workplace.start(["plot", "curves", experiment, "-o", file]).finish()
      #expect(first.status == 0 && first.output.hasPrefix("\(file)  curves of "), "\(first)")
      let bytes = try workplace.data(file)
      let again = try workplace.start(["plot", "curves", experiment, "-o", file]).finish()
      #expect(again.status == 0)
      #expect(try workplace.data(file) == bytes)
    }
    #expect(
      String(decoding: try workplace.data("curves.csv"), as: UTF8.self)
        .hasPrefix("series,epoch,mean,least,greatest,seeds\r\n"))
    let shown = try workplace.start(["plot", "curves", experiment]).finish()
    #expect(shown.status == 0 && shown.output.contains("└"), "\(shown)")
    #expect(!shown.output.contains("\u{1B}"), "no colours where there is no terminal")
    let printed = try workplace.start(["plot", "curves", experiment, "--format", "vega"]).finish()
    #expect(Data(printed.output.utf8) == (try workplace.data("curves.json")))
    let binary = try workplace.start(["plot", "curves", experiment, "--format", "png"]).finish()
    #expect(binary.status == 64 && binary.errors.contains("name the file with -o"), "\(binary)")
    let none = try workplace.start(["plot", "histograms", experiment, "-o", "h.svg"]).finish()
    #expect(none.status == 3 && none.errors.contains("histograms: true"), "\(none)")
    #expect(!workplace.exists("h.svg"))
  }

  @Test("what cannot be is refused with what can")
  func refusals() throws {
    let workplace = try Workplace()
    for (arguments, reason) in [
      (["curve", "x"], "did you mean 'curves'?"),
      (["parallel", "x"], "experiments plot parallel x -o parallel.svg writes it"),
      (["curves", "x", "-o", "a.gif"], "name a file that ends in .svg, .png, .pdf, .csv"),
      (["grid", "x", "--smooth", "0.5"], "--smooth is for curves"),
      (["curves", "x", "--smooth", "1"], "from 0 to below 1"),
      (["curves", "x", "--across", "seconds"], "--across is for scatter"),
    ] {
      let transcript = try workplace.start(["plot"] + arguments).finish()
      #expect(transcript.status == 64 && transcript.errors.contains(reason), "\(transcript)")
    }
  }
}
