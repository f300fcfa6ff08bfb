@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Testing

@Suite("Samplers")
struct SamplerTests {
  private func axis(_ path: String, _ values: [Int]) throws -> SearchSpace.Axis {
    let place = Mark(whole: SourceText(name: "a.yaml", text: ""))
    let nodes = values.map {
      YAMLNode(content: .scalar(YAMLScalar(text: String($0), isPlain: true)), mark: place)
    }
    return SearchSpace.Axis(path: try #require(SpecPath(path)), place: place, values: nodes)
  }

  private func show(_ points: [[SpecAssignment]]) -> [String] {
    points.map { $0.map { "\($0.path)=\($0.value.description)" }.joined(separator: " ") }
  }

  @Test("the factors of every sampler multiply to the number of its points")
  func factors() throws {
    var space = SearchSpace(axes: [try axis("a", [1, 2, 3]), try axis("b", [4, 5])])
    space.points = [[], []]
    for type in Registry.samplers.components {
      let sampler = try #require(type.init(FieldValues([:], of: type.fields)) as? any Sampler)
      let product = sampler.factors(of: space).map(\.count).reduce(1, *)
      #expect(product == sampler.points(of: space).count, "\(type.name)")
    }
  }

  @Test("a grid varies the last axis fastest, and is one point without axes")
  func grid() throws {
    let grid = GridSampler(FieldValues([:], of: []))
    let space = SearchSpace(axes: [try axis("a", [1, 2]), try axis("b", [3, 4])])
    #expect(show(grid.points(of: space)) == ["a=1 b=3", "a=1 b=4", "a=2 b=3", "a=2 b=4"])
    #expect(grid.points(of: SearchSpace()).count == 1)
  }

  @Test("the example of every sampler is a sweep that can be read")
  func examples() throws {
    for type in Registry.samplers.components {
      let text = SampleSpecs.minimal + "\n" + type.example
      let trials = try SampleSpecs.plan(text).trials
      #expect(trials.count > 1, "\(type.name)")
    }
  }
}
