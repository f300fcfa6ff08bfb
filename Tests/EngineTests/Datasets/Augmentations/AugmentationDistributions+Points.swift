@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

extension AugmentationDistributions {
  /// A sample of one point, or of several that lie there.
  private static func points(
    _ position: [Float], count: Int = 1, normals: Bool = false
  ) -> Sample {
    let columns = PointColumns(
      normals: normals ? [.number(3), .number(4), .number(5)] : [], features: [.number(6)])
    let stack = ImageStack(points: PointSettings(count: count, columns: columns))
    let values = position + (normals ? position : []) + [7]
    return Sample(
      size: Size(height: 1, width: count), stack: stack,
      image: values.flatMap { Array(repeating: $0, count: count) },
      labels: (0..<count).map { Label($0 % 5) }, fill: values)
  }

  /// Of what changes points.
  static let ofPoints: [String: @Sendable () throws -> Void] = [
    "rotate_points": {
      for (axis, place) in [("z", (0, 1)), ("x", (1, 2)), ("y", (2, 0))] {
        let rotate = try Draws.make(
          RotatePoints.self, ["axis": .name(axis), "degrees": .number(90)])
        var position: [Float] = [0.25, 0.25, 0.25]
        (position[place.0], position[place.1]) = (1, 0)
        let drawn = Draws.samples(rotate, of: points(position, normals: true)) { $0.image }
        let angles = drawn.map { atan2(Double($0[place.1]), Double($0[place.0])) * 180 / .pi }
        #expect(Draws.isUniform(angles, -90...90, tolerance: 1e-4))
        // Normals turn alike; the axis and the features stay.
        #expect(drawn.allSatisfy { $0[..<3] == $0[3..<6] && $0[6] == 7 })
        #expect(drawn.allSatisfy { $0[3 - place.0 - place.1] == 0.25 })
      }
      let rare = try Draws.make(RotatePoints.self, ["probability": .number(0.3)])
      let still = Draws.samples(rare, of: points([1, 0, 0])) { $0.image[0] == 1 ? true : nil }
      #expect(Draws.isChance(still.count, 0.7))
    },
    "jitter_points": {
      let jitter = try Draws.make(
        JitterPoints.self, ["std": .number(0.5), "clip": .number(1e6)])
      let drawn = Draws.samples(jitter, of: points([1, 2, 3])) { $0.image }
      for axis in 0..<3 {
        #expect(Draws.isNormal(drawn.map { (Double($0[axis]) - Double(axis + 1)) / 0.5 }))
      }
      #expect(drawn.allSatisfy { $0[3] == 7 })
      let clipped = try Draws.make(JitterPoints.self, ["std": .number(1), "clip": .number(1)])
      let offsets = Draws.samples(clipped, of: points([0, 0, 0])) { Double($0.image[0]) }
      #expect(offsets.allSatisfy { (-1...1).contains($0) })
      #expect(Draws.isChance(offsets.count { abs($0) == 1 }, 0.3173))
    },
    "scale_points": {
      let scale = try Draws.make(ScalePoints.self)
      let drawn = Draws.samples(scale, of: points([1, 2, 4])) { $0.image }
      #expect(Draws.isUniform(drawn.map { Double($0[0]) }, 0.8...1.25, tolerance: 1e-6))
      #expect(drawn.allSatisfy { $0[1] == 2 * $0[0] && $0[2] == 4 * $0[0] && $0[3] == 7 })
    },
    "drop_points": {
      let drop = try Draws.make(DropPoints.self, ["most": .number(0.8)])
      var sample = points([1, 2, 3], count: 200)
      for point in 0..<200 { sample.image[point] = Float(point) }
      let drawn = Draws.samples(drop, of: sample) { sample -> (Int, Bool) in
        let dropped = (1..<200).filter { sample.image[$0] == 0 }
        // A dropped point has the first one's label, every other its own.
        let isRight = (0..<200).allSatisfy {
          sample.labels[$0] == (dropped.contains($0) ? 0 : Label($0 % 5))
        }
        return (dropped.count, isRight)
      }
      #expect(drawn.allSatisfy { $0.1 })
      let mean = drawn.reduce(0) { $0 + Double($1.0) } / Double(drawn.count) / 199
      #expect(abs(mean - 0.4) < 0.01)
    },
  ]
}
