import CKernels
@testable import Datasets
@testable import Groundwork
@testable import Learning
@testable import Tasks
import Testing

@Suite("Objects cut as star-convex polygons")
struct StarDistTests {
  private let objects = DrawnObjects.touching

  @Test("probabilities and distances are those of stardist")
  func golden() throws {
    let golden = try GoldenObjects.load()
    var drawn = DrawnObjects(golden.size, [])
    drawn.ids = golden.ids
    let logits = drawn.starLogits(StarRays(count: golden.rays))
    for pixel in 0..<golden.size.area where golden.ids[pixel] > 0 {
      let probability = 1 / (1 + PortableMath.exponential(-Double(logits[pixel])))
      #expect(abs(Float(probability) - golden.probabilities[pixel]) < 2e-5)
    }
    for (distance, expected) in zip(logits[golden.size.area...], golden.distances) {
      #expect(abs(distance - expected) < 1e-4)
    }
  }

  @Test("objects that touch come back from their target", arguments: [16, 32, 64])
  func roundTrip(rays: Int) {
    let decoder = StarDistDecoder(rays: rays)
    let planes = decoder.planes(of: objects.starLogits(decoder.rays), objects.size)
    let agreement = objects.agreement(with: planes)
    #expect(agreement.count == 7 && agreement.allSatisfy { $0 > 0.9 }, "\(agreement)")
    #expect(Set(planes[objects.size.area..<2 * objects.size.area]) == Set(0...7))
    #expect(planes[..<objects.size.area].allSatisfy { $0 <= 1 })
  }

  /// Discs of radius 5 around pixels, each proposed by that pixel alone with a logit.
  private func discs(_ centres: [(Int, Int, logit: Float)], _ size: Size) -> [Float] {
    var logits =
      [Float](repeating: -20, count: size.area)
      + [Float](repeating: 5, count: 32 * size.area)
    for (row, column, logit) in centres { logits[row * size.width + column] = logit }
    return logits
  }

  @Test(
    "of polygons that share too much the surest is taken, and pixels of two are the surer one's")
  func suppression() {
    let size = Size(height: 20, width: 80)
    let logits = discs([(10, 60, 1), (10, 64, 2), (10, 20, 3), (10, 28, 1)], size)
    func decode(_ overlap: Double) -> [Label] {
      StarDistDecoder(overlap: overlap).planes(of: logits, size)
    }
    func id(_ planes: [Label], _ column: Int) -> Label { planes[size.area + 10 * 80 + column] }
    let few = decode(0.2)
    #expect(Set(few[size.area..<2 * size.area]) == [0, 1, 2, 3])
    #expect(id(few, 57) == 0 && id(few, 60) == id(few, 68) && id(few, 60) > 0)
    #expect(id(few, 24) == id(few, 20) && id(few, 26) == id(few, 28))
    let all = decode(0.9)
    #expect(Set(all[size.area..<2 * size.area]) == [0, 1, 2, 3, 4])
    #expect(id(all, 62) == id(all, 64) && id(all, 57) != id(all, 64) && id(all, 57) > 0)
    let score = InstancePlanes.score(of: all[2 * size.area + 10 * 80 + 64])
    #expect(abs(score - 1 / (1 + PortableMath.exponential(-2))) < 1e-4)
    #expect(
      Set(StarDistDecoder(threshold: 0.9).planes(of: logits, size)[size.area..<2 * size.area])
        == [0, 1])
  }

  @Test("polygons are those pixels whose centres they enclose, cut to the image")
  func pixels() {
    let size = Size(height: 12, width: 140)
    for column in [0, 30, 62, 64, 139] {
      let planes = StarDistDecoder().planes(of: discs([(2, column, 3)], size), size)
      for pixel in 0..<size.area {
        let (y, x) = (pixel / 140 - 2, pixel % 140 - column)
        let distance = Double(y * y + x * x).squareRoot()
        // A polygon of 32 corners leaves out what lies between it and the circle.
        if distance < 4.9 { #expect(planes[pixel] == 1) }
        if distance > 5 { #expect(planes[pixel] == 0) }
      }
    }
  }

  @Test("small objects are left out, and so is what is not a number")
  func nothing() {
    let size = Size(height: 20, width: 30)
    let logits = discs([(10, 10, 3)], size)
    #expect(StarDistDecoder().planes(of: logits, size, minimumArea: 60).contains { $0 > 0 })
    #expect(StarDistDecoder().planes(of: logits, size, minimumArea: 90).allSatisfy { $0 == 0 })
    let bad = [Float](repeating: .nan, count: 33 * size.area)
    #expect(StarDistDecoder().planes(of: bad, size).allSatisfy { $0 == 0 })
    let far = discs([(10, 10, 3)], size).map { $0 == 5 ? .infinity : $0 }
    #expect(StarDistDecoder().planes(of: far, size)[..<size.area].allSatisfy { $0 == 1 })
    let none = discs([(10, 10, 3)], size).map { $0 == 5 ? .nan : $0 }
    #expect(StarDistDecoder().planes(of: none, size)[..<size.area].count { $0 == 1 } <= 1)
  }
}
