@testable import Groundwork
@testable import Learning
import Testing

@Suite("Rules by which predictions become labels")
struct RelabelRulesTests {
  private let size = Size(height: 1, width: 8)

  /// Probabilities `[3, 1, 8]` of the classes that a text names, each pixel being sure to 0.9, or to 0.4 where the
  /// text has a letter.
  private func predicted(_ text: String) -> ImageProbabilities {
    var values = [Float](repeating: 0, count: 3 * size.area)
    for (place, character) in text.enumerated() {
      let label = Int(String(character)) ?? ["a": 0, "b": 1, "c": 2][character] ?? 0
      let sure: Float = character.isNumber ? 0.9 : 0.4
      for other in 0..<3 {
        values[other * size.area + place] = other == label ? sure : (1 - sure) / 2
      }
    }
    return ImageProbabilities(
      values: values, size: size, classesExclude: true, image: nil, threads: 1)
  }

  private func text(_ labels: [Label]) -> String {
    labels.map { $0 == Labels.ignoreIndex ? "x" : "\($0)" }.joined()
  }

  private func labels(
    _ prediction: String, given: String, boxes: [LabelBox]?, minimumIoU: Double = 0.5,
    threshold: Double = 0
  ) -> String {
    let given = given.map { Label(String($0)) ?? Labels.ignoreIndex }
    let rules = RelabelRules(minimumIoU: minimumIoU, threshold: threshold, postprocessing: [])
    return text(rules.labels(predicted(prediction), of: .init(labels: given, boxes: boxes)))
  }

  private func box(_ label: Label, _ left: Double, _ right: Double) -> LabelBox {
    LabelBox(label: label, left: left, top: 0, right: right, bottom: 1)
  }

  @Test("outside of boxes is background, and a class is found in boxes of its own alone")
  func outside() {
    #expect(labels("11111222", given: "01111000", boxes: [box(1, 1, 5)]) == "01111000")
    // Pixel 5 is of class 1 in a box of class 2: of what it may be, background and class 2 are even.
    #expect(
      labels("00110122", given: "00110222", boxes: [box(1, 2, 4), box(2, 5, 8)]) == "00110022")
  }

  @Test("a box that is left with less than half of its pixels gets back what was given")
  func restored() {
    #expect(labels("01100000", given: "01111000", boxes: [box(1, 1, 5)]) == "01100000")
    #expect(labels("01000000", given: "01111000", boxes: [box(1, 1, 5)]) == "01111000")
    #expect(labels("01000000", given: "01xx1000", boxes: [box(1, 1, 5)]) == "01xx1000")
    #expect(
      labels("01000000", given: "01111000", boxes: [box(1, 1, 5)], minimumIoU: 0) == "01000000")
  }

  @Test("what lies in a smaller box in front is not given back with the larger")
  func front() {
    let boxes = [box(1, 0, 6), box(2, 2, 4)]
    #expect(labels("00220000", given: "11221100", boxes: boxes) == "11221100")
    #expect(labels("00200000", given: "11221100", boxes: boxes) == "11201100")
  }

  @Test("without boxes what is labelled stays, and the rest is predicted")
  func scribbles() {
    #expect(labels("11112222", given: "0xx1xx2x", boxes: nil) == "01112222")
    #expect(labels("11112222", given: "01001020", boxes: nil) == "01001020")
  }

  @Test("a pixel whose class is less probable than the threshold is left unlabelled")
  func threshold() {
    #expect(labels("1b1c2222", given: "xxxxxxx0", boxes: nil, threshold: 0.5) == "1x1x2220")
    #expect(
      labels("1b1b0000", given: "11110000", boxes: [box(1, 0, 4)], threshold: 0.7) == "1x1x0000")
  }

  @Test("a file without a box says that all is background")
  func noBoxes() {
    #expect(labels("11112222", given: "00000000", boxes: []) == "00000000")
  }

  @Test("a CRF cuts a bright disc out of its box")
  func cutout() throws {
    let size = Size(height: 32, width: 32)
    let disc = (0..<size.area).map { place in
      let (y, x) = (place / 32 - 15, place % 32 - 15)
      return y * y + x * x <= 100
    }
    let image = Raster(size: size, channels: 1, pixels: disc.map { $0 ? 200 : 30 })
    let boxes = ObjectsOfMask(disc.map { $0 ? 1 : 0 }, size: size).boxes
    #expect(boxes == [LabelBox(label: 1, left: 5, top: 5, right: 26, bottom: 26)])
    let labels = BoxCutout(crf: try .standard())
      .labels(of: boxes, in: image, classes: 2, threads: 1)
    let wrong = zip(labels, disc).count { ($0 == 1) != $1 }
    let whole = zip(BoxMask(boxes, size: size).labels(), disc).count { ($0 == 1) != $1 }
    #expect(whole > 100 && wrong < whole / 10)
  }
}
