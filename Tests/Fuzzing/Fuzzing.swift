import Foundation

// libFuzzer has the `main` of this program, and calls these two functions:
// https://llvm.org/docs/LibFuzzer.html

/// Called once, before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  Fuzzing.begin()
  return 0
}

/// Called with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Fuzzing.harness.read(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

/// What the command line asks for. libFuzzer leaves arguments that begin with two hyphens to us.
///
/// | argument | meaning |
/// |---|---|
/// | `--list` | names every harness and says what it reads |
/// | `--harness=NAME` | which reader gets the bytes |
/// | `--prepare=FOLDER` | writes the seeds of that harness and the words of its format into the folder |
enum Fuzzing {
  static let harness = chosen()

  static func begin() {
    if CommandLine.arguments.contains("--list") {
      for harness in Harness.all {
        print(harness.name.padding(toLength: 14, withPad: " ", startingAt: 0) + harness.about)
      }
      exit(0)
    }
    let harness = harness
    guard let folder = value(of: "--prepare") else { return }
    do { try harness.prepare(folder) } catch { fail("cannot write the seeds: \(error)") }
    exit(0)
  }

  private static func chosen() -> Harness {
    let name = value(of: "--harness") ?? ""
    guard let harness = Harness.all.first(where: { $0.name == name }) else {
      fail("there is no harness '\(name)': \(Harness.all.map(\.name).joined(separator: ", "))")
    }
    return harness
  }

  private static func value(of option: String) -> String? {
    CommandLine.arguments.first { $0.hasPrefix(option + "=") }
      .map { String($0.dropFirst(option.count + 1)) }
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data("fuzz: \(message)\n".utf8))
    exit(64)
  }
}
