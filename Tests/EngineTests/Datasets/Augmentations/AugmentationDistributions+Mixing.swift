@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

extension AugmentationDistributions {
  /// Of what other samples bring.
  static let ofMixedSamples: [String: @Sendable () throws -> Void] = [
    "mosaic": {
      let mosaic = try Draws.make(Mosaic.self)
      let size = Size(height: 3_000_000, width: 4_000_000)
      let centres = Draws.all(of: "mosaic") { mosaic.draw(size, &$0) }
      #expect(Draws.isChance(centres.count, 0.5))
      #expect(Draws.isUniform(centres.map { Double($0.row) / 3e6 }, 0.25...0.75))
      #expect(Draws.isUniform(centres.map { Double($0.column) / 4e6 }, 0.25...0.75))
      #expect(Draws.isEven(centres.map(\.own), [0, 1, 2, 3]))
      // Each window of 3 × 2 pixels lies anywhere within its sample of 6 × 4.
      let half = try Draws.make(
        Mosaic.self, ["centre": .numbers([0.5, 0.5]), "probability": .number(1)])
      var scene = labelled(Size(height: 6, width: 4))
      for index in scene.labels.indices { scene.labels[index] += 100 }
      scene.partners = Array(repeating: labelled(Size(height: 6, width: 4)), count: 3)
      let firsts = Draws.samples(half, of: scene) { $0.labels[0] }.filter { $0 < 100 }
      #expect(Draws.isChance(firsts.count, 0.75))
      #expect(Draws.isEven(firsts, (0..<4).flatMap { row in (0..<3).map { Label(4 * row + $0) } }))
    },
    "cutmix": {
      // So large that whole pixels do not matter, and so small a part that few are cut off.
      let side = 10_000_000
      let cutmix = try Draws.make(CutMix.self, ["area": .numbers([0.0001, 0.0004])])
      let drawn = Draws.all(of: "cutmix") { cutmix.draw(Size(height: side, width: side), &$0) }
      #expect(Draws.isChance(drawn.count, 0.5))
      let whole = drawn.filter {
        $0.rows.lowerBound > 0 && $0.rows.upperBound < side && $0.columns.lowerBound > 0
          && $0.columns.upperBound < side
      }
      #expect(whole.count > 9 * drawn.count / 10)
      let (rows, columns) = (whole.map(\.rows), whole.map(\.columns))
      #expect(
        Draws.isUniform(
          rows.map { pow(Double($0.count) / Double(side), 2) }, 0.0001...0.0004,
          tolerance: 1e-8))
      #expect(zip(rows, columns).allSatisfy { $0.count == $1.count })
      for ranges in [rows, columns] {
        let middles = ranges.map { Double($0.lowerBound + $0.count / 2) / Double(side) }
        #expect(Draws.isUniform(middles, 0...1))
      }
    },
    "mixup": {
      let all = Draws.all(of: "mixup", try Draws.make(Mixup.self).draw)
      #expect(all.count == Draws.count)
      let some = try Draws.make(
        Mixup.self, ["alpha": .number(1), "probability": .number(0.3)])
      let lambdas = Draws.all(of: "mixup", some.draw)
      #expect(Draws.isChance(lambdas.count, 0.3) && Draws.isUniform(lambdas, 0...1))
    },
    "copy_paste": {
      let paste = try Draws.make(CopyPaste.self, ["share": .number(0.3)])
      let chosen = Draws.all(of: "copy_paste") { paste.draw(&$0) }
      #expect(Draws.isChance(chosen.count, 0.5))
      for id in [1, 200, 254] {
        #expect(Draws.isChance(chosen.count { $0[id] == 1 }, 0.3, of: chosen.count))
      }
      #expect(
        Draws.isChance(chosen.count { $0[1] == 1 && $0[2] == 1 }, 0.09, of: chosen.count),
        "independent")
      #expect(chosen.allSatisfy { $0[0] == 0 })
    },
  ]
}
