import Foundation
internal import Groundwork

/// A dashboard with its server, from the first page to Ctrl-C.
struct Serving {
  private let dashboard: Dashboard
  private let server: LoopbackServer

  /// - Throws: where no page can be made of the runs, or the system refuses the port.
  init(_ maker: ReportMaker, port: UInt16) throws {
    let log = EventLog()
    let dashboard = try Dashboard(maker, log: log)
    self.dashboard = dashboard
    server = try LoopbackServer(port: port, log: log) { dashboard.content($0) }
  }

  /// Where a person begins.
  var address: String { server.access.address }

  /// The same for a program that is told it in its arguments, which others can read: good once.
  var openingAddress: String { server.access.openingAddress }

  func untilInterrupted() throws {
    let (dashboard, server) = (dashboard, server)
    try Interrupts.watch { _ in server.stop() }
    try SystemThread.start { dashboard.watch() }
    server.run()
    dashboard.end()
  }
}

/// Asks the desktop to show an address.
enum BrowserOpening {
  /// Whoever has no desktop has the address in the terminal.
  static func open(_ address: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["xdg-open", address]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      StandardStreams.say("warning: no program opens addresses here: \(error)\n")
    }
  }
}
