@testable import Groundwork
@testable import Learning
import Testing

@Suite("The threshold of probabilities")
struct ThresholdTests {
  private func refined(
    _ values: [Float], classes: Int, classesExclude: Bool, at probability: Double
  ) throws -> ImageProbabilities {
    let step = try Threshold(
      FieldValues(["probability": .number(probability)], of: Threshold.fields))
    var image = ImageProbabilities(
      values: values, size: Size(height: 1, width: values.count / classes),
      classesExclude: classesExclude, image: nil, threads: 1)
    step.refine(&image)
    return image
  }

  private func classes(_ image: ImageProbabilities) -> [Int] {
    (0..<image.size.area).map { pixel in
      (0..<image.classes).max {
        let (left, right) = (
          image.decodable[$0 * image.size.area + pixel],
          image.decodable[$1 * image.size.area + pixel]
        )
        return left < right || left == right && $0 > $1
      } ?? 0
    }
  }

  @Test("a class is predicted from the threshold on, though the background is more probable")
  func low() throws {
    // Of three pixels: class 0, 1, 2.
    let values: [Float] = [0.6, 0.75, 0.2, 0.3, 0.24, 0.3, 0.1, 0.01, 0.5]
    #expect(classes(try refined(values, classes: 3, classesExclude: true, at: 0.3)) == [1, 0, 2])
    #expect(classes(try refined(values, classes: 3, classesExclude: true, at: 0.24)) == [1, 1, 2])
    #expect(classes(try refined(values, classes: 3, classesExclude: true, at: 0.51)) == [0, 0, 0])
  }

  @Test("where classes do not exclude each other each is predicted by itself")
  func planes() throws {
    let image = try refined([0.2, 0.4, 0.9, 0.3], classes: 2, classesExclude: false, at: 0.4)
    #expect(image.decodable.map { $0 > 0 } == [false, true, true, false])
  }

  @Test("steps that look at probabilities come before those that change labels")
  func order() throws {
    func step(_ type: any Postprocessing.Type) throws -> any Postprocessing {
      try type.init(FieldValues([:], of: type.fields))
    }
    let (threshold, fill) = (try step(Threshold.self), try step(FillHoles.self))
    #expect([threshold, fill].firstOutOfOrder == nil)
    #expect([fill, threshold].firstOutOfOrder == 1)
    #expect([threshold, fill].reads == .probabilities)
    #expect([fill].reads == .labels)
  }
}
