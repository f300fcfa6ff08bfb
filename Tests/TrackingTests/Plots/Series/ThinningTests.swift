import Testing

@testable import Tracking

struct ThinningTests {
  /// A falling curve with a wave and one outlier at 37.
  private let values = [
    1.0, 0.98509, 0.862396, 0.77244, 0.790634, 0.756456, 0.635326, 0.596182,
    0.629604, 0.568649, 0.465347, 0.472855, 0.499319, 0.414919, 0.344651, 0.385832,
    0.388117, 0.292676, 0.264776, 0.320436, 0.290051, 0.201114, 0.21596, 0.265095,
    0.203931, 0.139071, 0.187494, 0.21232, 0.131722, 0.103549, 0.168847, 0.159088,
    0.07656, 0.089115, 0.151127, 0.106428, 0.040811, 0.688272, 0.128423, 0.058235,
    0.024587, 0.092611, 0.098592, 0.019544, 0.025061, 0.094388, 0.063242, -0.005323,
    0.036696, 0.088076, 0.02687, -0.014301, 0.05231, 0.071447, -0.00465, -0.008439,
    0.064648, 0.045874, -0.025864, 0.008132,
  ]

  private var points: [PlotPoint] { values.enumerated().map { PlotPoint(Double($0), $1) } }

  @Test(
    "the largest triangles choose the points that an independent program chooses",
    arguments: [
      (3, [0, 21, 59]),
      (5, [0, 14, 37, 40, 59]),
      (10, [0, 3, 10, 21, 23, 36, 37, 44, 53, 59]),
      (20, [0, 3, 5, 7, 10, 16, 17, 21, 23, 29, 30, 35, 37, 39, 45, 47, 49, 54, 56, 59]),
      (
        60,
        [
          0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
          25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46,
          47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
        ]
      ),
    ] as [(Int, [Int])])
  func golden(count: Int, indices: [Int]) {
    #expect(Thinning.largestTriangles(points, count: count) == indices)
  }

  @Test("a short line stays whole")
  func short() {
    #expect(Thinning.thinned(points, limit: 60) == points)
  }

  @Test("ends, extremes, what must stay and both sides of a gap stay")
  func kept() {
    var line = points + points.map { PlotPoint($0.x + 60, $0.y + 1) }
    line[70].y = .nan
    let thin = Thinning.thinned(line, limit: 20, keeping: [13])
    #expect(thin.count < 40)
    for index in [0, 13, 69, 71, 119] { #expect(thin.contains(line[index]), "\(index)") }
    let finite = line.filter { $0.y.isFinite }
    #expect(thin.contains { $0.y == finite.map(\.y).max() })
    #expect(thin.contains { $0.y == finite.map(\.y).min() })
    #expect(thin.contains { $0.y.isNaN }, "the gap stays a gap")
    #expect(thin.map(\.x) == thin.map(\.x).sorted())
  }
}
