@testable import Execution
@testable import Groundwork
import Testing
@testable import Training

/// What the list of devices promises to the spec, to provenance and to a training.
@Suite struct DevicesTests {
  private func refusal(_ computation: Computation) -> String {
    do throws(DeviceError) {
      _ = try computation.makeDevice()
      return ""
    } catch {
      return error.description
    }
  }

  @Test("each has a name of its own, by which it is found")
  func names() {
    #expect(Set(Devices.all.map(\.name)).count == Devices.all.count)
    for kind in Devices.all { #expect(Devices.named(kind.name) == kind) }
    #expect(Devices.named("abacus") == nil)
    #expect(Computation().device == Devices.all[0])
  }

  @Test("each makes a device of its name that lies plain or in blocks as its precision asks")
  func making() throws {
    for kind in Devices.all {
      for precision in kind.precisions where precision == .f32 || DevicesUnderTest.hasBF16 {
        let device = try Computation(
          device: kind, precision: precision, emulatesPrecision: true
        ).makeDevice(measures: false)
        #expect(device.name == kind.name)
        #expect(device.layout(for: Shape(1, 3, 4, 5)).precision == precision)
      }
    }
  }

  @Test("what a device cannot compute is refused before anything is made")
  func refusals() {
    #expect(
      refusal(Computation(device: .openblas, precision: .bf16))
        == "the device openblas computes in f32 alone: leave precision out")
    var absent = DeviceKind.openblas
    absent.unavailability = "there is none"
    #expect(
      refusal(Computation(device: absent))
        == "the device openblas cannot compute here: there is none")
    var loose = DeviceKind.openblas
    loose.determinisms = [.fast]
    #expect(
      refusal(Computation(device: loose))
        == "the device openblas is not deterministic as 'machine' promises: leave determinism out")
  }

  @Test("a device that measures no peak of its own has that of one that can")
  func peak() throws {
    let peak = try Devices.peakFlopsPerSecond(of: .openblas, .f32, threads: 1)
    #expect(peak > 1e6)
    var measured = DeviceKind.openblas
    measured.peakFlopsPerSecond = { _, _ throws(DeviceError) in 42 }
    #expect(try Devices.peakFlopsPerSecond(of: measured, .f32, threads: 1) == 42)
  }

  @Test("the libraries of every device are recorded")
  func libraries() {
    #expect(EngineLibraries.versions.map(\.name) == ["oneDNN", "OpenBLAS"])
    #expect(EngineLibraries.versions.allSatisfy { !$0.version.isEmpty })
    #expect(EngineLibraries.instructionSet == OneDNNDevice.instructionSet)
  }
}
