import CKernels
@testable import Groundwork
import Testing

@Suite("Distance transforms against trying all pixels")
struct DistanceTransformTests {
  /// To the nearest pixel with another label, squared.
  func distanceToOthers(_ map: LabelMap, _ scratch: inout [UInt8]) -> [Int32] {
    var squared = [Int32](repeating: -1, count: map.labels.count)
    scratch = Array(
      repeating: 0, count: ck_distance_scratch(Int32(map.height), Int32(map.width)))
    ck_distance_to_others(
      map.labels, 1, Int32(map.height), Int32(map.width), &squared, &scratch, 1)
    return squared
  }

  func classDistances(
    _ map: LabelMap, _ kind: ck_distance_kind, exponent: Float = 1, used: [UInt8]? = nil
  ) -> [Float] {
    var scratch: [UInt8] = []
    let others = distanceToOthers(map, &scratch)
    var maps = [Float](repeating: 5, count: map.classes * map.labels.count)
    ck_class_distances(
      map.labels, others, used ?? Array(repeating: 1, count: map.classes), 1, Int32(map.classes),
      Int32(map.height), Int32(map.width), kind, exponent, 0, &maps, &scratch, 1)
    return maps
  }

  @Test("to the nearest pixel with another label", arguments: LabelMap.samples.indices)
  func others(sample: Int) {
    let map = LabelMap.samples[sample]
    var scratch: [UInt8] = []
    let squared = distanceToOthers(map, &scratch)
    for pixel in map.labels.indices {
      let nearest = map.squaredDistance(from: pixel) { map.labels[$0] != map.labels[pixel] }
      #expect(Int(squared[pixel]) == nearest ?? 0, "pixel \(pixel)")
    }
  }

  @Test(
    "signed: positive outside of a class, one less inside, 0 where there is no boundary",
    arguments: LabelMap.samples.indices)
  func signed(sample: Int) {
    let map = LabelMap.samples[sample]
    let maps = classDistances(map, CK_SIGNED_DISTANCE)
    for label in 0..<map.classes {
      for pixel in map.labels.indices {
        let isInside = map.labels[pixel] == label
        let nearest = map.squaredDistance(from: pixel) { (map.labels[$0] == label) != isInside }
        let isAbsent = !map.labels.contains(Label(label))
        var expected = Float(nearest ?? 0).squareRoot()
        if isInside { expected = nearest == nil ? 0 : 1 - expected }
        #expect(
          maps[label * map.labels.count + pixel] == (isAbsent ? 0 : expected),
          "class \(label) pixel \(pixel)")
      }
    }
  }

  @Test("powers of the distance are those of the signed distance's", arguments: [1, 1.5, 2])
  func powers(exponent: Float) {
    let map = LabelMap(33, 47, classes: 4, patches: 30)
    let signed = classDistances(map, CK_SIGNED_DISTANCE)
    let powers = classDistances(map, CK_DISTANCE_POWER, exponent: exponent)
    for (index, power) in powers.enumerated() {
      let isInside = map.labels[index % map.labels.count] == Label(index / map.labels.count)
      let distance = Double(isInside ? 1 - signed[index] : signed[index])
      let expected =
        exponent == 1
        ? distance
        : exponent == 2
          ? distance * distance
          : distance * distance.squareRoot()
      #expect(isClose(power, expected))
    }
  }

  @Test("classes that are not used are left alone")
  func unused() {
    let map = LabelMap(9, 11, classes: 3, patches: 9)
    let maps = classDistances(map, CK_SIGNED_DISTANCE, used: [0, 1, 0])
    #expect(maps[..<99].allSatisfy { $0 == 5 })
    #expect(maps[99..<198].contains { $0 != 5 })
    #expect(maps[198...].allSatisfy { $0 == 5 })
  }
}
