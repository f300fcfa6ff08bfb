import Testing

@testable import Sampling

struct SearchDimensionTests {
  static let dimensions: [(String, SearchDimension)] = [
    ("width int 16..256 step 16", SearchDimension("", .lattice(lower: 16, step: 16, count: 16))),
    ("depth int 2..6", SearchDimension("", .lattice(lower: 2, step: 1, count: 5))),
    ("lr float log 1e-4..1e-1", SearchDimension("", .logReal(lower: 1e-4, upper: 1e-1))),
    ("kernel int log 1..64", SearchDimension("", .logIntegers(lower: 1, upper: 64))),
    ("w float 0..2 step .25", SearchDimension("", .lattice(lower: 0, step: 0.25, count: 9))),
    ("drop float 0..0.6", SearchDimension("", .real(lower: 0, upper: 0.6))),
  ]

  @Test("the unit interval is mapped as Optuna maps it", arguments: dimensions)
  func mapped(name: String, dimension: SearchDimension) throws {
    let golden = try Golden.load().encode[name]
    let (lower, upper) = dimension.bounds
    expect([lower, upper], golden.padded_bounds.numbers)
    expect(golden.u.numbers.map(dimension.value(at:)), golden.value.numbers)
  }

  @Test("values have the positions that a Gaussian process sees")
  func positions() throws {
    let golden = try Golden.load().encode
    for (name, index) in [("width", 0), ("lr", 2), ("kernel", 3)] {
      let block = golden["gp_normalised \(name)"]
      expect(block.value.numbers.map(Self.dimensions[index].1.unit(of:)), block.z.numbers)
    }
  }

  @Test("every value of a dimension with steps is met by the middle of its share")
  func everyValue() {
    for (_, dimension) in Self.dimensions {
      guard let count = dimension.count else { continue }
      for index in 0..<count {
        let value = dimension.value(index)
        #expect(dimension.value(at: dimension.unit(of: value)) == value)
      }
    }
  }

  @Test("steps are decimal: three tenths are 0.3")
  func decimal() {
    let tenths = SearchDimension("", .lattice(lower: 0, step: 0.1, count: 11))
    #expect((0..<11).map { "\(tenths.value($0))" }[3] == "0.3")
  }
}
