@testable import Experiments
import Foundation
import Testing

/// The page about runs, as a file and as a server's.
@Suite("Reports")
struct ReportTests {
  private static func trained() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    return workplace
  }

  @Test("a report is one file, the same each time, and tells when it is no longer true")
  func staleness() throws {
    let workplace = try Self.trained()
    let written = try workplace.run("report", "tiny", "-o", "a.html")
    #expect(written.status == 0 && written.output.contains("a.html  2 runs, "), "\(written)")
    #expect(try workplace.run("report", "tiny", "-o", "b.html").status == 0)
    let (a, b) = try (workplace.data("a.html"), workplace.data("b.html"))
    // They name themselves in the commands that check and make them again.
    let renamed = String(decoding: b, as: UTF8.self).replacing("b.html", with: "a.html")
    #expect(
      String(decoding: a, as: UTF8.self).replacing(/data-digest="[0-9a-f]+"/, with: "")
        == renamed.replacing(/data-digest="[0-9a-f]+"/, with: ""))
    let fresh = try workplace.run("report", "--check", "a.html")
    #expect(fresh.status == 0 && fresh.output.hasPrefix("a.html: fresh: 2 runs"), "\(fresh)")
    let spec = SmallSpecs.generated(rates: ["1e-2", "1e-3", "1e-4"])
    try workplace.write(spec, to: "more.yaml")
    let run = try workplace.run("run", "more.yaml")
    try #require(run.status == 0, "\(run)")
    let stale = try workplace.run("report", "--check", "a.html")
    #expect(stale.status == 2 && stale.output.contains("  added  tiny/"), "\(stale)")
    let json = try workplace.run("report", "--check", "a.html", "--json")
    #expect(json.status == 2 && json.output.contains("\"change\" : \"added\""), "\(json)")
    try workplace.write("<!doctype html>", to: "other.html")
    let other = try workplace.run("report", "--check", "other.html")
    #expect(other.status == 65 && other.errors.contains("this is no report"), "\(other)")
    try FileManager.default.removeItem(at: workplace.folder.appendingPathComponent("results"))
    let gone = try workplace.run("report", "--check", "a.html")
    #expect(gone.status == 3, "\(gone)")
    #expect(try workplace.run("report", "tiny").status == 3)
  }

  @Test("what means nothing is refused")
  func usage() throws {
    let workplace = try Self.trained()
    #expect(try workplace.run("report", "tinny").status != 0)
    #expect(try workplace.run("report", "tiny", "--images", "-1").status == 64)
    #expect(try workplace.run("report", "tiny", "--check", "a.html").status == 64)
    let none = try workplace.run("report", "tiny", "--where", "mean_iou > 2")
    #expect(none.status == 3, "\(none)")
    let few = try workplace.run(
      "report", "tiny", "--where", "solver.base_lr == 1e-2", "-o", "few.html")
    #expect(few.status == 0 && few.output.contains("1 run,"), "\(few)")
    let fresh = try workplace.run("report", "--check", "few.html")
    #expect(fresh.status == 0 && fresh.output.contains("1 run,"), "\(fresh)")
    let place = try workplace.run("report", "tiny", "-o", "nowhere/a.html")
    #expect(place.status == 74 && place.errors.contains("nowhere/a.html"), "\(place)")
  }

  @Test("the page of a server follows the records, and Ctrl-C ends it in order")
  func serving() throws {
    let workplace = try Self.trained()
    let server = try workplace.start(["serve", "tiny"])
    var address = ""
    for _ in 0..<400 where !address.hasSuffix("\n") {
      usleep(50_000)
      address = try String(contentsOf: server.outputFile, encoding: .utf8)
    }
    let parts = address.split(separator: "/")
    let (host, query) = (String(try #require(parts.dropFirst().first)), parts.last ?? "")
    let port = try #require(UInt16(host.split(separator: ":").last ?? ""))
    let login = try LoopbackClient.get("/\(query.dropLast())", host, port)
    #expect(login.hasPrefix("HTTP/1.1 303 "), "\(login)")
    let cookie = try #require(login.firstMatch(of: /Set-Cookie: ([^;]+);/)?.1)
    let page = try LoopbackClient.get("/", host, port, cookie: String(cookie))
    #expect(page.contains("<body data-live>") && page.contains("2 finished"))
    let table = try LoopbackClient.get("/api/compare", host, port, cookie: String(cookie))
    #expect(table.contains("Content-Type: application/json") && table.contains("solver.base_lr"))
    #expect(try LoopbackClient.get("/", host, port).hasPrefix("HTTP/1.1 403 "))
    try workplace.write(SmallSpecs.generated(rates: ["1e-2", "1e-3", "1e-4"]), to: "more.yaml")
    #expect(try workplace.run("run", "more.yaml").status == 0)
    var newer = ""
    for _ in 0..<100 where !newer.contains("3 finished") {
      usleep(100_000)
      newer = try LoopbackClient.get("/", host, port, cookie: String(cookie))
    }
    #expect(newer.contains("3 finished"))
    kill(server.process.processIdentifier, SIGINT)
    let end = try server.finish()
    #expect(end.status == 0 && end.errors.isEmpty, "\(end)")
  }
}

/// Asks a server of this machine for one page.
private enum LoopbackClient {
  static func get(
    _ path: String, _ host: String, _ port: UInt16, cookie: String? = nil
  ) throws -> String {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(code == 0)
    let fields = cookie.map { "Cookie: \($0)\r\n" } ?? ""
    let request = Array("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(fields)\r\n".utf8)
    _ = request.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(client, &part, part.count, 0)
      guard count > 0 else { break }
      bytes += part[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
