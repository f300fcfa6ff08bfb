import Testing

@testable import Measurements

struct SeriesDescriptionTests {
  private let iou = SeriesDescription(
    "validation.class.iou", title: "IoU", aliases: ["mean_iou", "jaccard"], about: "",
    axes: [.classes(["sky", "a.b car"])])
  private let worst = SeriesDescription(
    "validation.image.kappa", title: "kappa, worst image", unit: "pixels", about: "",
    axes: [.ranks(2)])

  @Test("a value of a class is named without the axis, one of a rank with its number")
  func elementNames() {
    #expect(iou.elementName(1) == "validation.iou.a.b car")
    #expect(iou.element(named: "validation.iou.a.b car") == 1)
    #expect(iou.element(named: "validation.iou.dog") == nil)
    #expect(iou.element(named: "validation.class.iou") == nil)
    #expect(worst.elementName(0) == "validation.image.kappa.1")
    #expect(worst.element(named: "validation.image.kappa.2") == 1)
  }

  @Test("a person may write an alias, and leave the part validation out")
  func writtenNames() {
    #expect(
      iou.writtenElementNames(0) == [
        "validation.iou.sky", "validation.mean_iou.sky", "validation.jaccard.sky", "iou.sky",
        "mean_iou.sky", "jaccard.sky",
      ])
    let loss = SeriesDescription("training.loss", title: "", about: "")
    #expect(loss.writtenNames == ["training.loss"])
    #expect(worst.writtenNames == ["validation.image.kappa", "image.kappa"])
  }

  @Test("headers and values have the unit, where there is one")
  func units() {
    #expect(iou.header == "IoU" && iou.elementHeader(0) == "IoU sky")
    #expect(worst.header == "kappa, worst image (pixels)")
    #expect(worst.elementHeader(0) == "kappa, worst image 1 (pixels)")
    #expect(worst.text(of: 2) == "2.0000 pixels")
    #expect(worst.text(of: .nan) == "–")
    #expect(iou.text(of: 0.5) == "0.5000")
  }

  @Test("values are found by the names of series and of their elements, NaN as NaN")
  func values() {
    let measurements = [
      Measurement(SeriesDescription("training.loss", title: "", about: ""), 2),
      Measurement(iou, .numbers([0.5, .nan])),
    ]
    #expect(measurements.value(of: "training.loss") == 2)
    #expect(measurements.value(of: "validation.iou.sky") == 0.5)
    #expect(measurements.value(of: "validation.iou.a.b car")?.isNaN == true)
    #expect(measurements.value(of: "validation.iou") == nil)
  }

  @Test("values are equal where all their bits are")
  func equality() {
    #expect(MeasuredValues.number(.nan) == .number(.nan))
    #expect(MeasuredValues.number(0) != .number(-0.0))
    #expect(MeasuredValues.numbers([1, .nan]) == .numbers([1, .nan]))
    #expect(MeasuredValues.numbers([1]) != .numbers([1, 1]))
    #expect(MeasuredValues.numbers([1]) != .number(1))
    #expect(MeasuredValues.counts([.max]) == .counts([.max]))
    let image = RankedImage(name: "a", value: .nan)
    #expect(MeasuredValues.images([image]) == .images([image]))
  }
}
