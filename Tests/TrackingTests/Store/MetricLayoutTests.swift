import Foundation
import HDF5
import Testing

@testable import Tracking

struct MetricLayoutTests {
  private func image(_ history: MetricHistory) throws -> Data {
    try MetricsFile.encode(history).dropLast("sha256:".utf8.count + 65)
  }

  private func layout(_ history: MetricHistory) throws -> MetricLayout {
    let image = try image(history)
    return try #require(
      MetricLayout(try HDF5File(image: image).root, image: image, history: history))
  }

  @Test("a file that differs in its values alone is read without libhdf5")
  func equalShape() throws {
    let layout = try layout(Samples.detailedHistory(evaluations: 3))
    var other = Samples.detailedHistory(evaluations: 3)
    for row in other.rows.indices {
      other.rows[row].point.step += 100
      other.rows[row].point.epoch += 0.25
      other.rows[row].attempt = 2
      other.rows[row].values[0] = .number(Double(row))
      other.rows[row].tensorDigests[0] = 1 << 63
    }
    let file = try image(other)
    #expect(layout.fits(file))
    #expect(sameBits(layout.history(of: file), other))
  }

  @Test("a file of other series, tensors or as many evaluations does not fit")
  func otherShapes() throws {
    let layout = try layout(Samples.history(evaluations: 3))
    #expect(!layout.fits(try image(Samples.history(evaluations: 4))))
    var renamed = Samples.history(evaluations: 3)
    renamed.series[0].title = "training lass"
    #expect(!layout.fits(try image(renamed)))
    renamed = Samples.history(evaluations: 3)
    renamed.tensorNames[0] = "canv.weight"
    #expect(!layout.fits(try image(renamed)))
  }

  @Test("no byte that is not a value can change unseen")
  func fixedBytes() throws {
    let history = Samples.history(evaluations: 3)
    let layout = try layout(history)
    let file = try image(history)
    var unseen = 0
    for place in stride(from: 0, to: file.count, by: 7) {
      var changed = file
      changed[changed.startIndex + place] ^= 0xFF
      if layout.fits(changed) { unseen += 1 }
    }
    // Values: 3 evaluations of 17 numbers and a digest of 64 letters.
    #expect(unseen > 0)
    #expect(unseen <= (3 * 17 * 8 + 64) / 7 + 20)
  }

  @Test("a history without evaluations has no layout")
  func empty() throws {
    let history = Samples.history(evaluations: 0)
    let image = try image(history)
    #expect(MetricLayout(try HDF5File(image: image).root, image: image, history: history) == nil)
  }
}
