import Testing

@testable import HDF5

@Suite("Dimension scales")
struct HDF5ScaleTests {
  @Test("an axis lists its scales in the order in which they were attached")
  func attached() throws {
    let file = try HDF5File()
    let steps = try file.root.write([Int64(10), 20], shape: [2], to: "step")
    let epochs = try file.root.write([0.5, 1], shape: [2], to: "epoch")
    let names = try file.root.write(["sky", "car", "road"], to: "class")
    try steps.makeScale("step")
    try epochs.makeScale("epoch")
    try names.makeScale("class")
    let values = try file.root.write(
      [Double](repeating: 0, count: 6), shape: [2, 3], to: "iou")
    try values.attach(steps, named: "step", toAxis: 0)
    try values.attach(epochs, toAxis: 0)
    try values.attach(names, named: "class", toAxis: 1)
    let read = try HDF5File(image: try file.image()).root.dataset("iou")
    #expect(try read.scaleNames(ofAxis: 0) == ["step", "epoch"])
    #expect(try read.scaleNames(ofAxis: 1) == ["class"])
    #expect(try HDF5File(image: try file.image()).root.dataset("class").scaleName() == "class")
  }

  @Test("a file with scales is the same bytes each time")
  func equalBytes() throws {
    func image() throws -> [UInt8] {
      let file = try HDF5File()
      let steps = try file.root.write([Int64(1)], shape: [1], to: "step")
      try steps.makeScale("step")
      for name in ["a", "b", "c"] {
        try file.root.write([1.5], shape: [1], to: name).attach(steps, named: "step", toAxis: 0)
      }
      return Array(try file.image())
    }
    #expect(try image() == image())
  }

  @Test("a number without scales has none, and numbers are kept as attributes")
  func none() throws {
    let file = try HDF5File()
    let values = try file.root.write([1.5], shape: [1], to: "a")
    try values.setAttribute("epoch", to: 2.5)
    #expect(try values.scaleNames(ofAxis: 0).isEmpty)
    #expect(try values.numberAttribute("epoch") == 2.5)
    #expect(try values.hasAttribute("epoch") && !values.hasAttribute("step"))
  }
}
