import Foundation
import Testing
import Trackers

@Suite struct ImportTests {
  private func trained() throws -> Workplace {
    let workplace = try Workplace()
    let spec =
      SmallSpecs.generated(epochs: 2)
      + "evaluation: {previews: 1, histograms: true}\n"
    try workplace.write(spec, to: "spec.yaml")
    #expect(try workplace.run("run", "spec.yaml").status == 0)
    return workplace
  }

  @Test("what is exported for other trackers comes back and is compared beside the runs themselves")
  func roundTrips() throws {
    let workplace = try trained()
    for (format, source) in [("tensorboard", "tiny.tensorboard"), ("mlflow", "tiny.mlruns")] {
      let export = try workplace.run("export", "tiny", "--to", format)
      #expect(export.status == 0, "\(export)")
      #expect(export.output.contains("2: tiny/1, tiny/2") && export.output.contains("next"))
      let back = try workplace.run("import", source, "--as", format)
      #expect(back.status == 0, "\(back)")
      let show = try workplace.run("show", "\(format)/1")
      #expect(show.status == 0 && show.output.contains("imported"), "\(show)")
      let compared = try workplace.run("compare", "tiny", format)
      #expect(compared.status == 0 && compared.output.contains(format), "\(compared)")
      #expect(try workplace.run("import", source, "--as", format).output.contains("there already"))
    }
    let runs = try EventFolder.runs(workplace.folder.appending(path: "tiny.tensorboard").path)
    #expect(runs.map(\.id) == ["tiny/1", "tiny/2"])
    #expect(runs[0].parameters == ["solver.base_lr": "0.01"])
    #expect(runs[0].series["validation/mean_iou"]?.points.count == 2)
    #expect(runs[0].histograms.keys.contains { $0.hasPrefix("weights/") })
    #expect(runs[0].leftOut.contains { $0.contains("images") })
  }

  @Test("an imported run is refused, with a remedy, where a network or a spec is needed")
  func refusals() throws {
    let workplace = try trained()
    #expect(try workplace.run("export", "tiny/1", "--to", "tensorboard").status == 0)
    #expect(try workplace.run("import", "tiny-1.tensorboard", "--as", "other").status == 0)
    for arguments in [
      ["reproduce", "other/1"], ["export", "other/1", "--to", "onnx"],
      ["export", "other/1", "--to", "hdf5"],
      ["predict", "other/1", "spec.yaml", "-o", "predicted"],
      ["evaluate", "other/1"], ["previews", "other/1"],
    ] {
      let refused = try workplace.start(arguments).finish()
      #expect(refused.status == 65, "\(arguments) \(refused)")
      #expect(refused.errors.contains("imported from TensorBoard"), "\(arguments) \(refused)")
    }
    let into = try workplace.run("import", "tiny-1.tensorboard", "--as", "tiny")
    #expect(into.status == 64 && into.errors.contains("--as"), "\(into)")
    let nothing = try workplace.run("import", "spec.yaml")
    #expect(nothing.status == 65 && nothing.errors.contains("--from"), "\(nothing)")
  }

  @Test("a bundle brings runs back as the records that they were")
  func bundle() throws {
    let workplace = try trained()
    let export = try workplace.run("export", "tiny", "--to", "bundle", "--weights")
    #expect(export.status == 0, "\(export)")
    let back = try workplace.run("import", "tiny.bundle.h5", "--results", "elsewhere")
    #expect(back.status == 0, "\(back)")
    let again = try workplace.run("reproduce", "tiny/1", "--results", "elsewhere")
    #expect(again.status == 0, "\(again)")
    var damaged = try workplace.data("tiny.bundle.h5")
    damaged[damaged.count / 2] ^= 1
    try workplace.write(damaged, to: "damaged.h5")
    #expect(try workplace.run("import", "damaged.h5").status == 74)
  }

  @Test(
    "a folder that holds anything else is not replaced, one that an export wrote is with --force")
  func overwriting() throws {
    let workplace = try trained()
    #expect(try workplace.run("export", "tiny", "--to", "tensorboard", "-o", "a").status == 0)
    #expect(try workplace.run("export", "tiny", "--to", "tensorboard", "-o", "a").status == 64)
    let forced = try workplace.run("export", "tiny", "--to", "tensorboard", "-o", "a", "--force")
    #expect(forced.status == 0, "\(forced)")
    try workplace.write("mine", to: "a/tiny/notes.txt")
    let refused = try workplace.run("export", "tiny", "--to", "tensorboard", "-o", "a", "--force")
    #expect(refused.status == 64 && workplace.exists("a/tiny/notes.txt"))
  }
}
