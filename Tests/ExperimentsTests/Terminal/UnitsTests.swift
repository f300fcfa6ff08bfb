import Testing

@testable import Experiments

struct UnitsTests {
  @Test(
    "bytes are counted in powers of 1000",
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1400, "1.4 kB"),
      (999_940, "999.9 kB"), (999_960, "1.0 MB"), (3_200_000_000, "3.2 GB"),
    ])
  func bytes(count: Int, text: String) { #expect(Units.bytes(count) == text) }

  @Test(
    "durations are told in their two largest units",
    arguments: [
      (0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (12, "12 s"), (59.6, "1 min"),
      (72, "1 min 12 s"), (7500, "2 h 5 min"), (3600, "1 h"), (273_600, "3 d 4 h"),
      (.nan, "?"), (.infinity, "?"),
    ])
  func durations(seconds: Double, text: String) { #expect(Units.duration(seconds) == text) }

  @Test(
    "thousands are separated",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    ])
  func counts(number: Int, text: String) { #expect(Units.count(number) == text) }

  @Test("a thing that is counted agrees with its number")
  func plurals() {
    #expect(Units.count(1, "trial") == "1 trial")
    #expect(Units.count(0, "trial") == "0 trials")
    #expect(Units.count(1200, "class") == "1,200 classes")
    #expect(Units.count(2, "batch") == "2 batches")
  }

  @Test("small rates keep a decimal")
  func rates() {
    #expect(Units.rate(4.24, "images") == "4.2 images/s")
    #expect(Units.rate(86.4, "images") == "86 images/s")
  }

  @Test("differences have a sign")
  func signedPercent() {
    #expect(Units.signedPercent(0.0151) == "+1.5 %")
    #expect(Units.signedPercent(-0.007) == "−0.7 %")
  }
}
