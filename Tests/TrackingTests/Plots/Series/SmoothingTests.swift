import Testing

@testable import Tracking

struct SmoothingTests {
  private static let values = [
    1.9, 1.2, 0.9, 1.0, .nan, 0.7, 0.72, 0.5, 0.55, 0.48,
  ]

  @Test(
    "the mean without its bias is that of an independent program; a gap stays and counts for nothing",
    arguments: [
      (0.0, [1.9, 1.2, 0.9, 1.0, .nan, 0.7, 0.72, 0.5, 0.55, 0.48]),
      (
        0.6,
        [
          1.9, 1.4625, 1.1755102040816325, 1.0948529411764705, .nan, 0.9235947258848021,
          0.8381713211600428, 0.699007084727014, 0.6383860502416263, 0.57438666378407,
        ]
      ),
      (
        0.9,
        [
          1.9, 1.5315789473684212, 1.2985239852398527, 1.211718522826403, .nan, 1.08675978608581,
          1.0084858043490788, 0.9110192943074329, 0.8476306184232167, 0.7876170835560318,
        ]
      ),
      (
        0.99,
        [
          1.9, 1.54824120603015, 1.3299855223729862, 1.2462413324132904, .nan, 1.1347861419267176,
          1.0639065792345677, 0.9808993712985461, 0.9251233481364207, 0.8736537388577122,
        ]
      ),
    ] as [(Double, [Double])])
  func golden(weight: Double, expected: [Double]) {
    let smoothed = Smoothing.smoothed(Self.values, weight: weight)
    for (one, other) in zip(smoothed, expected) {
      #expect(one.isNaN && other.isNaN || abs(one - other) <= 1e-12 * abs(other))
    }
    #expect(smoothed.count == expected.count)
  }

  @Test("a constant stays itself")
  func constant() {
    for value in Smoothing.smoothed([0.3, 0.3, .nan, 0.3], weight: 0.9) where !value.isNaN {
      #expect(abs(value - 0.3) < 1e-15)
    }
  }
}
