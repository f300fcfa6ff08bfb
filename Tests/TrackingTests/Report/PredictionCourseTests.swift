import Testing

@testable import Tracking

@Suite("Predictions through epochs")
struct PredictionCourseTests {
  @Test("evaluations are spread evenly, the first and the last among them", arguments: 1..<40)
  func places(_ count: Int) {
    let places = PredictionCourse.places(of: count, atMost: 10)
    #expect(places.count == min(10, count))
    #expect(places == Set(places).sorted())
    #expect(places.first == 0 && places.last == count - 1)
    let steps = zip(places, places.dropFirst()).map { $1 - $0 }
    #expect((steps.max() ?? 1) - (steps.min() ?? 1) <= 1)
  }

  @Test("the page has a list of the epochs; a single one is no course")
  func page() throws {
    let runs = SampleReports.sweep(seeds: 1, epochs: 3)
    var predictions = SampleReports.predictions(named: "a<b>", classes: ["disc"])
    let page = try SampleReports.page(runs, predictions: predictions)
    #expect(page.contains("<ol class=\"course\">"))
    #expect(page.contains("<li data-epoch=\"1\"><h4>epoch 1</h4>"))
    #expect(page.contains("<b>a&lt;b&gt;</b> <span>\(ReportUnits.percent(0.25)) wrong</span>"))
    predictions.course.steps.removeLast()
    let single = try SampleReports.page(runs, predictions: predictions)
    #expect(!single.contains("<figure id=\"course\""))
  }
}
