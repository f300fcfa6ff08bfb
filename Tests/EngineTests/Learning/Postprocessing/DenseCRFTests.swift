@testable import Groundwork
@testable import Learning
import Testing

@Suite("The dense CRF as a step of postprocessing")
struct DenseCRFTests {
  private static let size = Size(height: 12, width: 16)

  /// Dark on the left of column 8, bright on its right.
  private static let image = Raster(
    size: size, channels: 1,
    pixels: (0..<size.area).map { $0 % size.width < 8 ? 40 : 210 })

  private static func step(_ settings: [String: FieldValue] = [:]) throws -> DenseCRF {
    try DenseCRF(FieldValues(settings, of: DenseCRF.fields))
  }

  /// Class 1 from column 6 on: two columns too far to the left, without much confidence.
  private static let late: [Float] = (0..<size.area).map { $0 % size.width < 6 ? 0.3 : 0.6 }

  @Test("borders are drawn to the edges of the image")
  func edges() throws {
    var image = ImageProbabilities(
      values: Self.late.map { 1 - $0 } + Self.late, size: Self.size, classesExclude: true,
      image: Self.image, threads: 2)
    try Self.step(["gaussian_weight": .number(0)]).refine(&image)
    for pixel in 0..<Self.size.area {
      let isClass1 = image.decodable[Self.size.area + pixel] > image.decodable[pixel]
      #expect(isClass1 == (pixel % Self.size.width >= 8))
    }
  }

  @Test("where classes do not exclude each other each has a field of its own")
  func planes() throws {
    var both = ImageProbabilities(
      values: Self.late + Self.late.map { 1 - $0 }, size: Self.size, classesExclude: false,
      image: Self.image, threads: 1)
    try Self.step().refine(&both)
    var first = ImageProbabilities(
      values: Self.late.map { 1 - $0 } + Self.late, size: Self.size, classesExclude: true,
      image: Self.image, threads: 1)
    try Self.step().refine(&first)
    #expect(both.values.prefix(Self.size.area) == first.values.suffix(Self.size.area))
    #expect(both.values.suffix(Self.size.area) != first.values.suffix(Self.size.area))
  }
}
