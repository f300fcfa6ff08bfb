@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct RotateTests {
  private func rotated(degrees: Double, probability: Double, draw: Int) -> Sample {
    var sample = labelledScene(size: Size(height: 21, width: 21))
    var random = RandomStream(seed: 1, purpose: .init("rotate#0"), sample: draw)
    Rotate(
      .sample(
        Rotate.fields, ["degrees": .number(degrees), "probability": .number(probability)])
    ).apply(to: &sample, random: &random)
    return sample
  }

  @Test func `the centre stays and corners leave the image`() {
    let scene = labelledScene(size: Size(height: 21, width: 21))
    var ignored = 0
    for draw in 0..<20 {
      let sample = rotated(degrees: 45, probability: 1, draw: draw)
      #expect(sample.labels[10 * 21 + 10] == scene.labels[10 * 21 + 10])
      ignored += sample.labels.count { $0 == Labels.ignoreIndex }
    }
    #expect(ignored > 0)
  }

  @Test func `angles lie on both sides and within the maximum`() {
    // Of a column of ones at the right edge, what turns counter-clockwise goes up and left.
    let size = Size(height: 41, width: 41)
    var shifts: [Int] = []
    for draw in 0..<60 {
      var labels = [Label](repeating: 0, count: size.area)
      labels[20 * 41 + 40] = 1
      for y in 19...21 { for x in 38...40 { labels[y * 41 + x] = 1 } }
      var sample = Sample(
        size: size, channels: 1, image: labels.map { Float($0) }, labels: labels, fill: [0])
      var random = RandomStream(seed: 1, purpose: .init("rotate#0"), sample: draw)
      Rotate(
        .sample(Rotate.fields, ["degrees": .number(20), "probability": .number(1)])
      ).apply(to: &sample, random: &random)
      let rows = sample.labels.indices.filter { sample.labels[$0] == 1 }.map { $0 / 41 }
      shifts.append(rows.reduce(0, +) / max(1, rows.count) - 20)
    }
    // sin 20° · 19 pixels = 6.5.
    #expect(shifts.allSatisfy { abs($0) <= 7 })
    #expect(shifts.contains { $0 >= 4 } && shifts.contains { $0 <= -4 })
  }

  @Test func `probability 0 and an angle of 0 change nothing`() {
    let scene = labelledScene(size: Size(height: 21, width: 21))
    #expect(rotated(degrees: 45, probability: 0, draw: 3).image == scene.image)
    #expect(rotated(degrees: 0, probability: 1, draw: 3).image == scene.image)
  }
}
