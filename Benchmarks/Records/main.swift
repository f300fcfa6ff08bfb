// Writes a results folder full of invented runs, which timings of `ls` and `compare` are made with:
//
//     swift run -c release records FOLDER [RUNS] [EPOCHS] [METRICS]
//
// The runs are written by the store itself, so that every file is what a training would have left.
import Foundation
import Measurements
import Tracking

let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.first else {
  print("usage: records FOLDER [RUNS] [EPOCHS] [METRICS]")
  exit(64)
}
let counts = arguments.dropFirst().map { Int($0) ?? 0 }
guard counts.allSatisfy({ $0 > 0 }) else {
  print("runs, epochs and metrics are numbers of at least 1")
  exit(64)
}
let sweep = InventedSweep(
  runs: counts.first ?? 10_000, epochs: counts.dropFirst().first ?? 100,
  metrics: counts.dropFirst(2).first ?? 20)
// Nothing here has to outlast a power cut.
let store = FolderStore(root: folder, waitsForDisk: false)
do {
  try sweep.write(to: store) { done in
    if done % 500 == 0 { print("\(done) of \(sweep.runs) runs") }
  }
} catch {
  print("error: \(error)")
  exit(74)
}
