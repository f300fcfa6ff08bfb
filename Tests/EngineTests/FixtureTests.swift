import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Fixtures")
struct FixtureTests {
  @Test(
    "tensors read are as long as their shapes say", arguments: ["unet", "unet-batch-norm", "enet"])
  func shapes(name: String) throws {
    let fixture = try Fixture.load(name)
    for name in fixture.names {
      let tensor = try fixture[name]
      #expect(tensor.values.count == tensor.shape.reduce(1, *))
      #expect(tensor.values.allSatisfy { $0.isFinite })
    }
    #expect(try #require(fixture.manifest.scalars["loss"]) > 0)
    #expect(throws: Fixture.MissingTensor.self) { try fixture["no such tensor"] }
  }

  @Test(
    "the loss is the cross-entropy of the logits and labels",
    arguments: ["unet", "unet-batch-norm", "enet"])
  func loss(name: String) throws {
    let fixture = try Fixture.load(name)
    let logits = try fixture["logits"]
    let labels = try fixture.labels
    let (classes, area) = (logits.shape[1], logits.shape[2] * logits.shape[3])
    var sum = 0.0
    var valid = 0
    for (place, label) in labels.enumerated() where label != Labels.ignoreIndex {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: area)
      let z = (0..<classes).map { Double(logits.values[(image * classes + $0) * area + pixel]) }
      sum += log(z.reduce(0) { $0 + exp($1) }) - z[Int(label)]
      valid += 1
    }
    #expect(labels.contains(Labels.ignoreIndex))
    #expect(isClose(sum / Double(valid), try #require(fixture.manifest.scalars["loss"])))
  }

  @Test("every parameter of a U-Net has a gradient of its shape")
  func gradients() throws {
    for (name, parameters) in [("unet", 26), ("unet-batch-norm", 36)] {
      let fixture = try Fixture.load(name)
      let gradients = fixture.names.filter { $0.hasPrefix("gradient.") && $0 != "gradient.input" }
      #expect(gradients.count == parameters)
      for gradient in gradients {
        let parameter = try fixture[String(gradient.dropFirst("gradient.".count))]
        #expect(try fixture[gradient].shape == parameter.shape)
      }
    }
  }

  @Test("ENet's parameters follow from the formula")
  func enet() throws {
    let fixture = try Fixture.load("enet")
    let parameters = fixture.enetParameters()
    let values = parameters.flatMap { $0.tensor.values.map { Double($0) } }
    #expect(values.count == 363_271)
    let scalars = fixture.manifest.scalars
    let sum = values.reduce(0, +)
    let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(abs(sum - (try #require(scalars["parameters.sum"]))) < 1e-6)
    #expect(abs(norm - (try #require(scalars["parameters.norm"]))) < 1e-6)
  }
}
