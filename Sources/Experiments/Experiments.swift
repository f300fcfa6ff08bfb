import ArgumentParser
import Engine

@main
struct Experiments: ParsableCommand {
  @Argument var t = "unet"
  @Argument var h = 256
  @Argument var w = 256
  func run() throws { try temporaryBench(t, h, w) }
}
