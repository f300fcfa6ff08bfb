import Foundation
import Testing

@testable import Tracking

/// Writes the pages that `make test-browser` opens in a browser, into the folder that
/// `EXPERIMENTS_BROWSER_FOLDER` names.
@Suite("Pages for a browser")
struct BrowserPagesTests {
  private static let folder = ProcessInfo.processInfo.environment["EXPERIMENTS_BROWSER_FOLDER"]

  @Test("large, failed, single and hostile records are written", .enabled(if: folder != nil))
  func pages() throws {
    let folder = try #require(Self.folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, runs) in [
      ("sweep", SampleReports.sweep(epochs: 60)), ("large", Self.large), ("failed", Self.failed),
      ("single", [SampleReports.sweep()[0]]), ("hostile", Self.hostile),
    ] {
      let page = try SampleReports.page(runs)
      try Data(page.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).html"))
    }
    let predicted = try SampleReports.page(
      SampleReports.sweep(),
      predictions: SampleReports.predictions(named: "a.png", classes: ["ground", "disc"]))
    try Data(predicted.utf8).write(to: URL(fileURLWithPath: "\(folder)/predicted.html"))
  }

  /// 200 runs of one seed each, 300 epochs.
  private static var large: [RunRecord] {
    (0..<200).map { number in
      SampleReports.run(
        number + 1,
        [
          ("solver.base_lr", "\(Double(number % 20 + 1) / 1000)"),
          ("template.base_channels", "\(8 << (number / 20 % 4))"),
          ("losses", ["cross_entropy", "dice", "lovasz"][number % 3]),
        ], seed: 1, point: number,
        values: SampleReports.course(300, to: 0.4 + 0.2 * sin(Double(number)), seed: number))
    }
  }

  private static var failed: [RunRecord] {
    var runs = SampleReports.sweep()
    runs[3] = SampleReports.run(
      4, [("losses", "cross_entropy"), ("solver.base_lr", "1e-3")], seed: 0, point: 1,
      values: [0.1, 0.2, 0.1], status: .failed(cause: "the loss is not a number at epoch 3"))
    return runs
  }

  private static var hostile: [RunRecord] {
    let name =
      "\"><img src=x onerror=alert(1)></script><svg onload=alert(2)>'\u{202E}long "
      + String(repeating: "name ", count: 20)
    return (1...6).map { number in
      SampleReports.run(
        number, of: "cells", [("losses", "\(name)\(number % 2)")], seed: UInt64(number / 2),
        point: number % 2,
        values: SampleReports.course(5, to: 0.5 + 0.01 * Double(number), seed: number),
        classNames: [name, "b"])
    }
  }
}
