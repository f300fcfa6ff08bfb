import Foundation
import Testing

@testable import Experiments

struct StyleTests {
  @Test("text that goes to a file is plain")
  func files() throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/null"))
    let style = Style(descriptor: file.fileDescriptor, environment: ["TERM": "xterm"])
    #expect(style.red("loss") == "loss")
  }

  @Test("NO_COLOR and a dumb terminal turn colours off")
  func refusals() throws {
    var (leader, follower): (Int32, Int32) = (-1, -1)
    try #require(openpty(&leader, &follower, nil, nil, nil) == 0)
    defer {
      close(leader)
      close(follower)
    }
    #expect(Style(descriptor: follower, environment: ["TERM": "xterm"]).isOn)
    #expect(!Style(descriptor: follower, environment: ["TERM": "xterm", "NO_COLOR": "1"]).isOn)
    #expect(!Style(descriptor: follower, environment: ["TERM": "dumb"]).isOn)
    #expect(Style(descriptor: follower, environment: ["NO_COLOR": ""]).isOn)
  }

  @Test("a style that is on wraps the text and ends where it ends")
  func wrapping() {
    #expect(Style(isOn: true).green("done") == "\u{1B}[32mdone\u{1B}[0m")
  }
}
