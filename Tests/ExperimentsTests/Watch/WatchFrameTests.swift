import Testing
import Tracking

@testable import Experiments

@Suite("Frames of watch")
struct WatchFrameTests {
  private let system = SystemHistory(
    attempt: 1,
    samples: (0..<3).map {
      .init(
        time: Double($0), processorSeconds: 2 * Double($0), residentBytes: 1_000_000,
        peakBytes: 2_000_000, threads: 3, load: 0.5, freeBytes: 3_000_000, temperature: 61)
    })

  private func frame(
    _ screen: WatchScreen, _ columns: Int, _ rows: Int?, isPlain: Bool = false,
    runs: [RunRecord] = WatchSamples.sweep, change: (inout WatchState) -> Void = { _ in }
  ) -> [String] {
    var state = WatchState()
    state.screen = screen
    change(&state)
    return WatchFrame(
      snapshot: WatchSnapshot(runs, system: [runs.last?.id ?? "": system]), state: state,
      columns: columns, rows: rows, style: Style(isOn: false), isPlain: isPlain,
      details: WatchDetails(log: ["2026-05-01T12:00:00Z attempt 1 begins"])
    ).lines
  }

  @Test("no frame is larger than its terminal, whatever that is", arguments: WatchScreen.allCases)
  func sizes(_ screen: WatchScreen) {
    for columns in [20, 40, 41, 60, 80, 120, 200] {
      for rows in [3, 10, 12, 16, 24, 60] {
        for runs in [WatchSamples.sweep, []] {
          for change in [{ _ in }, { $0.showsHelp = true }, { $0.showsLog = true }]
            as [(inout WatchState) -> Void]
          {
            let lines = frame(screen, columns, rows, runs: runs, change: change)
            #expect(lines.count <= rows)
            #expect(lines.allSatisfy { TextWidth.of($0) < columns }, "\(columns)×\(rows)")
          }
        }
      }
    }
  }

  @Test("the sweep shows each point with its best, and a pointer at the selected one")
  func sweep() {
    let lines = frame(.sweep, 100, 30)
    #expect(lines[0] == "sweep · sweep")
    #expect(lines[1].hasPrefix("2 finished · 1 running · 1 waiting · about "))
    #expect(lines.contains { $0.hasPrefix("▸   1-2") && $0.contains("0.6250 ± 0.1768") })
    #expect(lines.contains { $0.hasPrefix("    3-4") && $0.contains("▸○") })
    #expect(lines.last?.hasSuffix("? help · q quit") == true)
  }

  @Test("a narrow terminal loses columns and says which")
  func narrow() {
    let lines = frame(.sweep, 44, 24)
    #expect(lines.contains { $0.hasPrefix("not shown for lack of width: ") })
  }

  @Test("plain frames are ASCII, but for what records say", arguments: WatchScreen.allCases)
  func plain(_ screen: WatchScreen) {
    let lines = frame(screen, 100, nil, isPlain: true)
    let text = lines.joined(separator: "\n").replacing("Gebäude", with: "")
    #expect(text.unicodeScalars.allSatisfy { $0.isASCII }, "\(text)")
  }

  @Test("a run shows how far it is, its classes and its log")
  func run() {
    let lines = frame(.run, 120, 40)
    #expect(lines.contains { $0.hasPrefix("sweep/1 · finished · seed 1") })
    #expect(lines.contains { $0.hasPrefix("epoch 3/4 · best 0.7500 at epoch 3") })
    #expect(lines.contains { $0.hasPrefix("sky ▕") })
    #expect(lines.contains { $0.hasSuffix("attempt 1 begins") })
  }

  @Test("workers show a line for each trial that runs")
  func workers() {
    let lines = frame(.workers, 120, 24)
    #expect(lines.contains { $0.hasPrefix("sweep/3  ep 2/4  ▕") && $0.hasSuffix("eta 4.0 s") })
  }
}
